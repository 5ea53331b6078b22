// @ts-nocheck
// Written by scripts/generate/validators.ts from src/scenario/schema.ts.
var __getOwnPropNames=Object.getOwnPropertyNames;var __commonJS=(cb,mod)=>function __require(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,
e}};var require_ucs2length=__commonJS({"node_modules/ajv/dist/runtime/ucs2length.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:true});
function ucs2length(str){const len=str.length;let length=0;let pos=0;let value;while(pos<len){length++;value=str.charCodeAt(pos++);if(value>=55296&&value<=56319&&
pos<len){value=str.charCodeAt(pos);if((value&64512)===56320)pos++}}return length}exports.default=ucs2length;ucs2length.code='require("ajv/dist/runtime/ucs2lengt\
h").default'}});var validate=validate10;var stdin_default=validate10;var schema11={"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://fauxen.invalid/scenario.sc\
hema.json","title":"Fauxen scenario","description":"The machine and the domains that exist when Fauxen starts.","type":"object","additionalProperties":false,"pr\
operties":{"machine":{"description":"The simulated machine. Values that are left out are those of the default machine.","type":"object","additionalProperties":false,
"properties":{"cpus":{"description":"Physical CPUs.","type":"integer","minimum":1,"maximum":4096},"memory":{"description":"An amount of memory: a number of MiB,\
 or a number with K, M, G or T.","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^[1-9][0-9]*[KMGT]$"}]},"cpu":{"description":"Which CPUs: a\
md-epyc and intel-xeon have what CPUs of real hosts have; recorded (or amd) is the one of the recordings, intel the same from Intel. Intel has memory access eve\
nts (xen-access) and Processor Trace (xen-vmtrace). Default: amd-epyc with --toolstack, else recorded.","enum":["recorded","amd","intel","amd-epyc","intel-xeon"]},
"mhz":{"description":"Clock of each CPU.","type":"number","exclusiveMinimum":0},"uptime":{"description":"A time: a number of seconds, or text such as 3d4h20m10s\
.","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"}]}}},"pools":{"description":"CPU pools besides Po\
ol-0. Their CPUs are taken from it.","type":"array","items":{"type":"object","additionalProperties":false,"required":["name","cpus"],"properties":{"name":{"type":"\
string","pattern":"^[A-Za-z0-9_.+-]{1,64}$"},"cpus":{"type":"array","items":{"type":"integer","minimum":0},"uniqueItems":true},"scheduler":{"enum":["credit","cr\
edit2","rtds","null","arinc653"]}}}},"built":{"description":"How domains behave that the tools build later, for example with xl create.","type":"object","additi\
onalProperties":false,"properties":{"console":{"description":"A text that it has written to its console, or what it writes and answers. In texts, {domid}, {type\
}, {memory} (MiB), {vcpus} and {cmdline} stand for what it is.","type":["string","object"],"maxLength":65536,"additionalProperties":false,"properties":{"text":{
"description":"Written once, at the start.","type":"string","maxLength":65536},"prompt":{"description":"Written after it, and after each answer.","type":"string",
"maxLength":65536},"shutdown":{"description":"The guest shuts down once its text is written.","enum":["poweroff","reboot","crash"]},"answers":{"description":"An\
swers to typed lines. The first match is used; a line without a match gets no answer.","type":"array","maxItems":1e3,"items":{"type":"object","additionalPropert\
ies":false,"required":["line"],"properties":{"line":{"description":"The typed line. A * at the end matches the rest of it. In say, {line} and {rest} are replace\
d by the line and by that rest.","type":"string","maxLength":255},"say":{"type":"string","maxLength":65536},"shutdown":{"description":"The guest shuts down with\
 this reason.","enum":["poweroff","reboot","crash"]}}}}}}}},"domains":{"description":"Domains besides dom0, in the order of their ids, which begin at 1.","type":"\
array","maxItems":32e3,"items":{"type":"object","additionalProperties":false,"required":["name","memory"],"properties":{"name":{"type":"string","pattern":"^[A-Z\
a-z0-9_.+-]{1,64}$"},"type":{"enum":["pv","pvh","hvm"]},"uuid":{"type":"string","pattern":"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},"memory":{"description":"\
An amount of memory: a number of MiB, or a number with K, M, G or T.","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^[1-9][0-9]*[KMGT]$"}]},
"maxMemory":{"description":"An amount of memory: a number of MiB, or a number with K, M, G or T.","anyOf":[{"type":"integer","minimum":1},{"type":"string","patt\
ern":"^[1-9][0-9]*[KMGT]$"}]},"vcpus":{"description":"Virtual CPUs that are up.","type":"integer","minimum":1,"maximum":512},"maxVcpus":{"type":"integer","minim\
um":1,"maximum":512},"state":{"description":"running: busy; idle: waits for events, which xl list shows as b.","enum":["running","idle","paused","shutdown","cra\
shed"]},"load":{"description":"Share of its time that each virtual CPU runs.","type":"number","minimum":0,"maximum":1},"uptime":{"description":"A time: a number\
 of seconds, or text such as 3d4h20m10s.","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"}]},"cpuTim\
e":{"description":"A time: a number of seconds, or text such as 3d4h20m10s.","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^(?=.)(\\d+d)?(\\d\
+h)?(\\d+m)?(\\d+s)?$"}]},"weight":{"type":"integer","minimum":1,"maximum":65535},"cap":{"type":"integer","minimum":0,"maximum":51200},"pool":{"type":"string","\
pattern":"^[A-Za-z0-9_.+-]{1,64}$"},"console":{"description":"A text that it has written to its console, or what it writes and answers. In texts, {domid}, {type\
}, {memory} (MiB), {vcpus} and {cmdline} stand for what it is.","type":["string","object"],"maxLength":65536,"additionalProperties":false,"properties":{"text":{
"description":"Written once, at the start.","type":"string","maxLength":65536},"prompt":{"description":"Written after it, and after each answer.","type":"string",
"maxLength":65536},"shutdown":{"description":"The guest shuts down once its text is written.","enum":["poweroff","reboot","crash"]},"answers":{"description":"An\
swers to typed lines. The first match is used; a line without a match gets no answer.","type":"array","maxItems":1e3,"items":{"type":"object","additionalPropert\
ies":false,"required":["line"],"properties":{"line":{"description":"The typed line. A * at the end matches the rest of it. In say, {line} and {rest} are replace\
d by the line and by that rest.","type":"string","maxLength":255},"say":{"type":"string","maxLength":65536},"shutdown":{"description":"The guest shuts down with\
 this reason.","enum":["poweroff","reboot","crash"]}}}}}}}}}}};var pattern0=new RegExp("^[1-9][0-9]*[KMGT]$","u");var pattern1=new RegExp("^(?=.)(\\d+d)?(\\d+h)?(\
\\d+m)?(\\d+s)?$","u");var pattern2=new RegExp("^[A-Za-z0-9_.+-]{1,64}$","u");var pattern4=new RegExp("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$","u");var func2=require_ucs2length().
default;var func7=Object.prototype.hasOwnProperty;function validate10(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){;let vErrors=null;let errors=0;
if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data){if(!(key0==="machine"||key0==="pools"||key0==="built"||key0==="domains")){const err0={
instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};
if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}}if(data.machine!==void 0){let data0=data.machine;if(data0&&typeof data0=="object"&&!Array.isArray(
data0)){for(const key1 in data0){if(!(key1==="cpus"||key1==="memory"||key1==="cpu"||key1==="mhz"||key1==="uptime")){const err1={instancePath:instancePath+"/mach\
ine",schemaPath:"#/properties/machine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional pr\
operties"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}if(data0.cpus!==void 0){let data1=data0.cpus;if(!(typeof data1=="number"&&(!(data1%
1)&&!isNaN(data1))&&isFinite(data1))){const err2={instancePath:instancePath+"/machine/cpus",schemaPath:"#/properties/machine/properties/cpus/type",keyword:"type",
params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}if(typeof data1=="number"&&isFinite(data1)){
if(data1>4096||isNaN(data1)){const err3={instancePath:instancePath+"/machine/cpus",schemaPath:"#/properties/machine/properties/cpus/maximum",keyword:"maximum",params:{
comparison:"<=",limit:4096},message:"must be <= 4096"};if(vErrors===null){vErrors=[err3]}else{vErrors.push(err3)}errors++}if(data1<1||isNaN(data1)){const err4={
instancePath:instancePath+"/machine/cpus",schemaPath:"#/properties/machine/properties/cpus/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"\
must be >= 1"};if(vErrors===null){vErrors=[err4]}else{vErrors.push(err4)}errors++}}}if(data0.memory!==void 0){let data2=data0.memory;const _errs8=errors;let valid2=false;
const _errs9=errors;if(!(typeof data2=="number"&&(!(data2%1)&&!isNaN(data2))&&isFinite(data2))){const err5={instancePath:instancePath+"/machine/memory",schemaPath:"\
#/properties/machine/properties/memory/anyOf/0/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err5]}else{vErrors.
push(err5)}errors++}if(typeof data2=="number"&&isFinite(data2)){if(data2<1||isNaN(data2)){const err6={instancePath:instancePath+"/machine/memory",schemaPath:"#/\
properties/machine/properties/memory/anyOf/0/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err6]}else{
vErrors.push(err6)}errors++}}var _valid0=_errs9===errors;valid2=valid2||_valid0;if(!valid2){const _errs11=errors;if(typeof data2==="string"){if(!pattern0.test(data2)){
const err7={instancePath:instancePath+"/machine/memory",schemaPath:"#/properties/machine/properties/memory/anyOf/1/pattern",keyword:"pattern",params:{pattern:"^\
[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err7]}else{vErrors.push(err7)}errors++}}else{const err8={instancePath:instancePath+
"/machine/memory",schemaPath:"#/properties/machine/properties/memory/anyOf/1/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err8]}else{vErrors.push(err8)}errors++}var _valid0=_errs11===errors;valid2=valid2||_valid0}if(!valid2){const err9={instancePath:instancePath+"/ma\
chine/memory",schemaPath:"#/properties/machine/properties/memory/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};if(vErrors===null){vErrors=
[err9]}else{vErrors.push(err9)}errors++}else{errors=_errs8;if(vErrors!==null){if(_errs8){vErrors.length=_errs8}else{vErrors=null}}}}if(data0.cpu!==void 0){let data3=data0.
cpu;if(!(data3==="recorded"||data3==="amd"||data3==="intel"||data3==="amd-epyc"||data3==="intel-xeon")){const err10={instancePath:instancePath+"/machine/cpu",schemaPath:"\
#/properties/machine/properties/cpu/enum",keyword:"enum",params:{allowedValues:schema11.properties.machine.properties.cpu.enum},message:"must be equal to one of\
 the allowed values"};if(vErrors===null){vErrors=[err10]}else{vErrors.push(err10)}errors++}}if(data0.mhz!==void 0){let data4=data0.mhz;if(typeof data4=="number"&&
isFinite(data4)){if(data4<=0||isNaN(data4)){const err11={instancePath:instancePath+"/machine/mhz",schemaPath:"#/properties/machine/properties/mhz/exclusiveMinim\
um",keyword:"exclusiveMinimum",params:{comparison:">",limit:0},message:"must be > 0"};if(vErrors===null){vErrors=[err11]}else{vErrors.push(err11)}errors++}}else{
const err12={instancePath:instancePath+"/machine/mhz",schemaPath:"#/properties/machine/properties/mhz/type",keyword:"type",params:{type:"number"},message:"must \
be number"};if(vErrors===null){vErrors=[err12]}else{vErrors.push(err12)}errors++}}if(data0.uptime!==void 0){let data5=data0.uptime;const _errs17=errors;let valid3=false;
const _errs18=errors;if(typeof data5=="number"&&isFinite(data5)){if(data5<0||isNaN(data5)){const err13={instancePath:instancePath+"/machine/uptime",schemaPath:"\
#/properties/machine/properties/uptime/anyOf/0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err13]}else{
vErrors.push(err13)}errors++}}else{const err14={instancePath:instancePath+"/machine/uptime",schemaPath:"#/properties/machine/properties/uptime/anyOf/0/type",keyword:"\
type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err14]}else{vErrors.push(err14)}errors++}var _valid1=_errs18===errors;valid3=
valid3||_valid1;if(!valid3){const _errs20=errors;if(typeof data5==="string"){if(!pattern1.test(data5)){const err15={instancePath:instancePath+"/machine/uptime",
schemaPath:"#/properties/machine/properties/uptime/anyOf/1/pattern",keyword:"pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must m\
atch pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=[err15]}else{vErrors.push(err15)}errors++}}else{const err16={instancePath:instancePath+
"/machine/uptime",schemaPath:"#/properties/machine/properties/uptime/anyOf/1/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err16]}else{vErrors.push(err16)}errors++}var _valid1=_errs20===errors;valid3=valid3||_valid1}if(!valid3){const err17={instancePath:instancePath+"\
/machine/uptime",schemaPath:"#/properties/machine/properties/uptime/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};if(vErrors===null){
vErrors=[err17]}else{vErrors.push(err17)}errors++}else{errors=_errs17;if(vErrors!==null){if(_errs17){vErrors.length=_errs17}else{vErrors=null}}}}}else{const err18={
instancePath:instancePath+"/machine",schemaPath:"#/properties/machine/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=
[err18]}else{vErrors.push(err18)}errors++}}if(data.pools!==void 0){let data6=data.pools;if(Array.isArray(data6)){const len0=data6.length;for(let i0=0;i0<len0;i0++){
let data7=data6[i0];if(data7&&typeof data7=="object"&&!Array.isArray(data7)){if(data7.name===void 0){const err19={instancePath:instancePath+"/pools/"+i0,schemaPath:"\
#/properties/pools/items/required",keyword:"required",params:{missingProperty:"name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[
err19]}else{vErrors.push(err19)}errors++}if(data7.cpus===void 0){const err20={instancePath:instancePath+"/pools/"+i0,schemaPath:"#/properties/pools/items/requir\
ed",keyword:"required",params:{missingProperty:"cpus"},message:"must have required property 'cpus'"};if(vErrors===null){vErrors=[err20]}else{vErrors.push(err20)}
errors++}for(const key2 in data7){if(!(key2==="name"||key2==="cpus"||key2==="scheduler")){const err21={instancePath:instancePath+"/pools/"+i0,schemaPath:"#/prop\
erties/pools/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key2},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err21]}else{vErrors.push(err21)}errors++}}if(data7.name!==void 0){let data8=data7.name;if(typeof data8==="string"){if(!pattern2.test(data8)){const err22={
instancePath:instancePath+"/pools/"+i0+"/name",schemaPath:"#/properties/pools/items/properties/name/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9_.+-]\
{1,64}$"},message:'must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err22]}else{vErrors.push(err22)}errors++}}else{const err23={instancePath:instancePath+
"/pools/"+i0+"/name",schemaPath:"#/properties/pools/items/properties/name/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err23]}else{vErrors.push(err23)}errors++}}if(data7.cpus!==void 0){let data9=data7.cpus;if(Array.isArray(data9)){const len1=data9.length;for(let i1=0;i1<
len1;i1++){let data10=data9[i1];if(!(typeof data10=="number"&&(!(data10%1)&&!isNaN(data10))&&isFinite(data10))){const err24={instancePath:instancePath+"/pools/"+
i0+"/cpus/"+i1,schemaPath:"#/properties/pools/items/properties/cpus/items/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){
vErrors=[err24]}else{vErrors.push(err24)}errors++}if(typeof data10=="number"&&isFinite(data10)){if(data10<0||isNaN(data10)){const err25={instancePath:instancePath+
"/pools/"+i0+"/cpus/"+i1,schemaPath:"#/properties/pools/items/properties/cpus/items/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be\
 >= 0"};if(vErrors===null){vErrors=[err25]}else{vErrors.push(err25)}errors++}}}let i2=data9.length;let j0;if(i2>1){const indices0={};for(;i2--;){let item0=data9[i2];
if(!(typeof item0=="number"&&(!(item0%1)&&!isNaN(item0))&&isFinite(item0))){continue}if(typeof indices0[item0]=="number"){j0=indices0[item0];const err26={instancePath:instancePath+
"/pools/"+i0+"/cpus",schemaPath:"#/properties/pools/items/properties/cpus/uniqueItems",keyword:"uniqueItems",params:{i:i2,j:j0},message:"must NOT have duplicate\
 items (items ## "+j0+" and "+i2+" are identical)"};if(vErrors===null){vErrors=[err26]}else{vErrors.push(err26)}errors++;break}indices0[item0]=i2}}}else{const err27={
instancePath:instancePath+"/pools/"+i0+"/cpus",schemaPath:"#/properties/pools/items/properties/cpus/type",keyword:"type",params:{type:"array"},message:"must be \
array"};if(vErrors===null){vErrors=[err27]}else{vErrors.push(err27)}errors++}}if(data7.scheduler!==void 0){let data11=data7.scheduler;if(!(data11==="credit"||data11===
"credit2"||data11==="rtds"||data11==="null"||data11==="arinc653")){const err28={instancePath:instancePath+"/pools/"+i0+"/scheduler",schemaPath:"#/properties/poo\
ls/items/properties/scheduler/enum",keyword:"enum",params:{allowedValues:schema11.properties.pools.items.properties.scheduler.enum},message:"must be equal to on\
e of the allowed values"};if(vErrors===null){vErrors=[err28]}else{vErrors.push(err28)}errors++}}}else{const err29={instancePath:instancePath+"/pools/"+i0,schemaPath:"\
#/properties/pools/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err29]}else{vErrors.push(err29)}errors++}}}else{
const err30={instancePath:instancePath+"/pools",schemaPath:"#/properties/pools/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===
null){vErrors=[err30]}else{vErrors.push(err30)}errors++}}if(data.built!==void 0){let data12=data.built;if(data12&&typeof data12=="object"&&!Array.isArray(data12)){
for(const key3 in data12){if(!(key3==="console")){const err31={instancePath:instancePath+"/built",schemaPath:"#/properties/built/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:key3},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err31]}else{vErrors.push(err31)}
errors++}}if(data12.console!==void 0){let data13=data12.console;if(typeof data13!=="string"&&!(data13&&typeof data13=="object"&&!Array.isArray(data13))){const err32={
instancePath:instancePath+"/built/console",schemaPath:"#/properties/built/properties/console/type",keyword:"type",params:{type:schema11.properties.built.properties.
console.type},message:"must be string,object"};if(vErrors===null){vErrors=[err32]}else{vErrors.push(err32)}errors++}if(typeof data13==="string"){if(func2(data13)>
65536){const err33={instancePath:instancePath+"/built/console",schemaPath:"#/properties/built/properties/console/maxLength",keyword:"maxLength",params:{limit:65536},
message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err33]}else{vErrors.push(err33)}errors++}}if(data13&&typeof data13=="object"&&!Array.
isArray(data13)){for(const key4 in data13){if(!(key4==="text"||key4==="prompt"||key4==="shutdown"||key4==="answers")){const err34={instancePath:instancePath+"/b\
uilt/console",schemaPath:"#/properties/built/properties/console/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key4},message:"m\
ust NOT have additional properties"};if(vErrors===null){vErrors=[err34]}else{vErrors.push(err34)}errors++}}if(data13.text!==void 0){let data14=data13.text;if(typeof data14===
"string"){if(func2(data14)>65536){const err35={instancePath:instancePath+"/built/console/text",schemaPath:"#/properties/built/properties/console/properties/text\
/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err35]}else{vErrors.push(err35)}
errors++}}else{const err36={instancePath:instancePath+"/built/console/text",schemaPath:"#/properties/built/properties/console/properties/text/type",keyword:"typ\
e",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err36]}else{vErrors.push(err36)}errors++}}if(data13.prompt!==void 0){let data15=data13.
prompt;if(typeof data15==="string"){if(func2(data15)>65536){const err37={instancePath:instancePath+"/built/console/prompt",schemaPath:"#/properties/built/proper\
ties/console/properties/prompt/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=
[err37]}else{vErrors.push(err37)}errors++}}else{const err38={instancePath:instancePath+"/built/console/prompt",schemaPath:"#/properties/built/properties/console\
/properties/prompt/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err38]}else{vErrors.push(err38)}errors++}}if(data13.
shutdown!==void 0){let data16=data13.shutdown;if(!(data16==="poweroff"||data16==="reboot"||data16==="crash")){const err39={instancePath:instancePath+"/built/con\
sole/shutdown",schemaPath:"#/properties/built/properties/console/properties/shutdown/enum",keyword:"enum",params:{allowedValues:schema11.properties.built.properties.
console.properties.shutdown.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err39]}else{vErrors.push(err39)}errors++}}if(data13.
answers!==void 0){let data17=data13.answers;if(Array.isArray(data17)){if(data17.length>1e3){const err40={instancePath:instancePath+"/built/console/answers",schemaPath:"\
#/properties/built/properties/console/properties/answers/maxItems",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===
null){vErrors=[err40]}else{vErrors.push(err40)}errors++}const len2=data17.length;for(let i3=0;i3<len2;i3++){let data18=data17[i3];if(data18&&typeof data18=="obj\
ect"&&!Array.isArray(data18)){if(data18.line===void 0){const err41={instancePath:instancePath+"/built/console/answers/"+i3,schemaPath:"#/properties/built/proper\
ties/console/properties/answers/items/required",keyword:"required",params:{missingProperty:"line"},message:"must have required property 'line'"};if(vErrors===null){
vErrors=[err41]}else{vErrors.push(err41)}errors++}for(const key5 in data18){if(!(key5==="line"||key5==="say"||key5==="shutdown")){const err42={instancePath:instancePath+
"/built/console/answers/"+i3,schemaPath:"#/properties/built/properties/console/properties/answers/items/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:key5},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err42]}else{vErrors.push(err42)}errors++}}if(data18.line!==void 0){
let data19=data18.line;if(typeof data19==="string"){if(func2(data19)>255){const err43={instancePath:instancePath+"/built/console/answers/"+i3+"/line",schemaPath:"\
#/properties/built/properties/console/properties/answers/items/properties/line/maxLength",keyword:"maxLength",params:{limit:255},message:"must NOT have more tha\
n 255 characters"};if(vErrors===null){vErrors=[err43]}else{vErrors.push(err43)}errors++}}else{const err44={instancePath:instancePath+"/built/console/answers/"+i3+
"/line",schemaPath:"#/properties/built/properties/console/properties/answers/items/properties/line/type",keyword:"type",params:{type:"string"},message:"must be \
string"};if(vErrors===null){vErrors=[err44]}else{vErrors.push(err44)}errors++}}if(data18.say!==void 0){let data20=data18.say;if(typeof data20==="string"){if(func2(
data20)>65536){const err45={instancePath:instancePath+"/built/console/answers/"+i3+"/say",schemaPath:"#/properties/built/properties/console/properties/answers/i\
tems/properties/say/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err45]}else{
vErrors.push(err45)}errors++}}else{const err46={instancePath:instancePath+"/built/console/answers/"+i3+"/say",schemaPath:"#/properties/built/properties/console/\
properties/answers/items/properties/say/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err46]}else{vErrors.push(
err46)}errors++}}if(data18.shutdown!==void 0){let data21=data18.shutdown;if(!(data21==="poweroff"||data21==="reboot"||data21==="crash")){const err47={instancePath:instancePath+
"/built/console/answers/"+i3+"/shutdown",schemaPath:"#/properties/built/properties/console/properties/answers/items/properties/shutdown/enum",keyword:"enum",params:{
allowedValues:schema11.properties.built.properties.console.properties.answers.items.properties.shutdown.enum},message:"must be equal to one of the allowed value\
s"};if(vErrors===null){vErrors=[err47]}else{vErrors.push(err47)}errors++}}}else{const err48={instancePath:instancePath+"/built/console/answers/"+i3,schemaPath:"\
#/properties/built/properties/console/properties/answers/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=
[err48]}else{vErrors.push(err48)}errors++}}}else{const err49={instancePath:instancePath+"/built/console/answers",schemaPath:"#/properties/built/properties/conso\
le/properties/answers/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err49]}else{vErrors.push(err49)}errors++}}}}}else{
const err50={instancePath:instancePath+"/built",schemaPath:"#/properties/built/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===
null){vErrors=[err50]}else{vErrors.push(err50)}errors++}}if(data.domains!==void 0){let data22=data.domains;if(Array.isArray(data22)){if(data22.length>32e3){const err51={
instancePath:instancePath+"/domains",schemaPath:"#/properties/domains/maxItems",keyword:"maxItems",params:{limit:32e3},message:"must NOT have more than 32000 it\
ems"};if(vErrors===null){vErrors=[err51]}else{vErrors.push(err51)}errors++}const len3=data22.length;for(let i4=0;i4<len3;i4++){let data23=data22[i4];if(data23&&
typeof data23=="object"&&!Array.isArray(data23)){if(data23.name===void 0){const err52={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains\
/items/required",keyword:"required",params:{missingProperty:"name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err52]}else{vErrors.
push(err52)}errors++}if(data23.memory===void 0){const err53={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains/items/required",keyword:"\
required",params:{missingProperty:"memory"},message:"must have required property 'memory'"};if(vErrors===null){vErrors=[err53]}else{vErrors.push(err53)}errors++}
for(const key6 in data23){if(!func7.call(schema11.properties.domains.items.properties,key6)){const err54={instancePath:instancePath+"/domains/"+i4,schemaPath:"#\
/properties/domains/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key6},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err54]}else{vErrors.push(err54)}errors++}}if(data23.name!==void 0){let data24=data23.name;if(typeof data24==="string"){if(!pattern2.test(data24)){
const err55={instancePath:instancePath+"/domains/"+i4+"/name",schemaPath:"#/properties/domains/items/properties/name/pattern",keyword:"pattern",params:{pattern:"\
^[A-Za-z0-9_.+-]{1,64}$"},message:'must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err55]}else{vErrors.push(err55)}errors++}}else{const err56={
instancePath:instancePath+"/domains/"+i4+"/name",schemaPath:"#/properties/domains/items/properties/name/type",keyword:"type",params:{type:"string"},message:"mus\
t be string"};if(vErrors===null){vErrors=[err56]}else{vErrors.push(err56)}errors++}}if(data23.type!==void 0){let data25=data23.type;if(!(data25==="pv"||data25===
"pvh"||data25==="hvm")){const err57={instancePath:instancePath+"/domains/"+i4+"/type",schemaPath:"#/properties/domains/items/properties/type/enum",keyword:"enum",
params:{allowedValues:schema11.properties.domains.items.properties.type.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[
err57]}else{vErrors.push(err57)}errors++}}if(data23.uuid!==void 0){let data26=data23.uuid;if(typeof data26==="string"){if(!pattern4.test(data26)){const err58={instancePath:instancePath+
"/domains/"+i4+"/uuid",schemaPath:"#/properties/domains/items/properties/uuid/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]\
{12}$"},message:'must match pattern "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"'};if(vErrors===null){vErrors=[err58]}else{vErrors.push(err58)}errors++}}else{const err59={
instancePath:instancePath+"/domains/"+i4+"/uuid",schemaPath:"#/properties/domains/items/properties/uuid/type",keyword:"type",params:{type:"string"},message:"mus\
t be string"};if(vErrors===null){vErrors=[err59]}else{vErrors.push(err59)}errors++}}if(data23.memory!==void 0){let data27=data23.memory;const _errs66=errors;let valid18=false;
const _errs67=errors;if(!(typeof data27=="number"&&(!(data27%1)&&!isNaN(data27))&&isFinite(data27))){const err60={instancePath:instancePath+"/domains/"+i4+"/mem\
ory",schemaPath:"#/properties/domains/items/properties/memory/anyOf/0/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){
vErrors=[err60]}else{vErrors.push(err60)}errors++}if(typeof data27=="number"&&isFinite(data27)){if(data27<1||isNaN(data27)){const err61={instancePath:instancePath+
"/domains/"+i4+"/memory",schemaPath:"#/properties/domains/items/properties/memory/anyOf/0/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"m\
ust be >= 1"};if(vErrors===null){vErrors=[err61]}else{vErrors.push(err61)}errors++}}var _valid2=_errs67===errors;valid18=valid18||_valid2;if(!valid18){const _errs69=errors;
if(typeof data27==="string"){if(!pattern0.test(data27)){const err62={instancePath:instancePath+"/domains/"+i4+"/memory",schemaPath:"#/properties/domains/items/p\
roperties/memory/anyOf/1/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){
vErrors=[err62]}else{vErrors.push(err62)}errors++}}else{const err63={instancePath:instancePath+"/domains/"+i4+"/memory",schemaPath:"#/properties/domains/items/p\
roperties/memory/anyOf/1/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err63]}else{vErrors.push(err63)}errors++}
var _valid2=_errs69===errors;valid18=valid18||_valid2}if(!valid18){const err64={instancePath:instancePath+"/domains/"+i4+"/memory",schemaPath:"#/properties/doma\
ins/items/properties/memory/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};if(vErrors===null){vErrors=[err64]}else{vErrors.push(err64)}
errors++}else{errors=_errs66;if(vErrors!==null){if(_errs66){vErrors.length=_errs66}else{vErrors=null}}}}if(data23.maxMemory!==void 0){let data28=data23.maxMemory;
const _errs72=errors;let valid19=false;const _errs73=errors;if(!(typeof data28=="number"&&(!(data28%1)&&!isNaN(data28))&&isFinite(data28))){const err65={instancePath:instancePath+
"/domains/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/anyOf/0/type",keyword:"type",params:{type:"integer"},message:"must be in\
teger"};if(vErrors===null){vErrors=[err65]}else{vErrors.push(err65)}errors++}if(typeof data28=="number"&&isFinite(data28)){if(data28<1||isNaN(data28)){const err66={
instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/anyOf/0/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err66]}else{vErrors.push(err66)}errors++}}var _valid3=_errs73===errors;valid19=valid19||_valid3;
if(!valid19){const _errs75=errors;if(typeof data28==="string"){if(!pattern0.test(data28)){const err67={instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"\
#/properties/domains/items/properties/maxMemory/anyOf/1/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-\
9]*[KMGT]$"'};if(vErrors===null){vErrors=[err67]}else{vErrors.push(err67)}errors++}}else{const err68={instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"\
#/properties/domains/items/properties/maxMemory/anyOf/1/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err68]}else{
vErrors.push(err68)}errors++}var _valid3=_errs75===errors;valid19=valid19||_valid3}if(!valid19){const err69={instancePath:instancePath+"/domains/"+i4+"/maxMemor\
y",schemaPath:"#/properties/domains/items/properties/maxMemory/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};if(vErrors===null){vErrors=
[err69]}else{vErrors.push(err69)}errors++}else{errors=_errs72;if(vErrors!==null){if(_errs72){vErrors.length=_errs72}else{vErrors=null}}}}if(data23.vcpus!==void 0){
let data29=data23.vcpus;if(!(typeof data29=="number"&&(!(data29%1)&&!isNaN(data29))&&isFinite(data29))){const err70={instancePath:instancePath+"/domains/"+i4+"/\
vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=
[err70]}else{vErrors.push(err70)}errors++}if(typeof data29=="number"&&isFinite(data29)){if(data29>512||isNaN(data29)){const err71={instancePath:instancePath+"/d\
omains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/maximum",keyword:"maximum",params:{comparison:"<=",limit:512},message:"must be <= 5\
12"};if(vErrors===null){vErrors=[err71]}else{vErrors.push(err71)}errors++}if(data29<1||isNaN(data29)){const err72={instancePath:instancePath+"/domains/"+i4+"/vc\
pus",schemaPath:"#/properties/domains/items/properties/vcpus/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){
vErrors=[err72]}else{vErrors.push(err72)}errors++}}}if(data23.maxVcpus!==void 0){let data30=data23.maxVcpus;if(!(typeof data30=="number"&&(!(data30%1)&&!isNaN(data30))&&
isFinite(data30))){const err73={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",schemaPath:"#/properties/domains/items/properties/maxVcpus/type",keyword:"t\
ype",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err73]}else{vErrors.push(err73)}errors++}if(typeof data30=="number"&&isFinite(
data30)){if(data30>512||isNaN(data30)){const err74={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",schemaPath:"#/properties/domains/items/properties/maxVc\
pus/maximum",keyword:"maximum",params:{comparison:"<=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err74]}else{vErrors.push(err74)}errors++}
if(data30<1||isNaN(data30)){const err75={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",schemaPath:"#/properties/domains/items/properties/maxVcpus/minimum",
keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err75]}else{vErrors.push(err75)}errors++}}}if(data23.state!==
void 0){let data31=data23.state;if(!(data31==="running"||data31==="idle"||data31==="paused"||data31==="shutdown"||data31==="crashed")){const err76={instancePath:instancePath+
"/domains/"+i4+"/state",schemaPath:"#/properties/domains/items/properties/state/enum",keyword:"enum",params:{allowedValues:schema11.properties.domains.items.properties.
state.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err76]}else{vErrors.push(err76)}errors++}}if(data23.load!==void 0){
let data32=data23.load;if(typeof data32=="number"&&isFinite(data32)){if(data32>1||isNaN(data32)){const err77={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"\
#/properties/domains/items/properties/load/maximum",keyword:"maximum",params:{comparison:"<=",limit:1},message:"must be <= 1"};if(vErrors===null){vErrors=[err77]}else{
vErrors.push(err77)}errors++}if(data32<0||isNaN(data32)){const err78={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/pr\
operties/load/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err78]}else{vErrors.push(err78)}errors++}}else{
const err79={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/properties/load/type",keyword:"type",params:{type:"number"},
message:"must be number"};if(vErrors===null){vErrors=[err79]}else{vErrors.push(err79)}errors++}}if(data23.uptime!==void 0){let data33=data23.uptime;const _errs85=errors;
let valid20=false;const _errs86=errors;if(typeof data33=="number"&&isFinite(data33)){if(data33<0||isNaN(data33)){const err80={instancePath:instancePath+"/domain\
s/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/uptime/anyOf/0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >\
= 0"};if(vErrors===null){vErrors=[err80]}else{vErrors.push(err80)}errors++}}else{const err81={instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/p\
roperties/domains/items/properties/uptime/anyOf/0/type",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err81]}else{
vErrors.push(err81)}errors++}var _valid4=_errs86===errors;valid20=valid20||_valid4;if(!valid20){const _errs88=errors;if(typeof data33==="string"){if(!pattern1.test(
data33)){const err82={instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/uptime/anyOf/1/pattern",keyword:"patt\
ern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=
[err82]}else{vErrors.push(err82)}errors++}}else{const err83={instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/properties/domains/items/propertie\
s/uptime/anyOf/1/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err83]}else{vErrors.push(err83)}errors++}var _valid4=_errs88===
errors;valid20=valid20||_valid4}if(!valid20){const err84={instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/u\
ptime/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};if(vErrors===null){vErrors=[err84]}else{vErrors.push(err84)}errors++}else{errors=
_errs85;if(vErrors!==null){if(_errs85){vErrors.length=_errs85}else{vErrors=null}}}}if(data23.cpuTime!==void 0){let data34=data23.cpuTime;const _errs91=errors;let valid21=false;
const _errs92=errors;if(typeof data34=="number"&&isFinite(data34)){if(data34<0||isNaN(data34)){const err85={instancePath:instancePath+"/domains/"+i4+"/cpuTime",
schemaPath:"#/properties/domains/items/properties/cpuTime/anyOf/0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err85]}else{vErrors.push(err85)}errors++}}else{const err86={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/\
items/properties/cpuTime/anyOf/0/type",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err86]}else{vErrors.push(err86)}
errors++}var _valid5=_errs92===errors;valid21=valid21||_valid5;if(!valid21){const _errs94=errors;if(typeof data34==="string"){if(!pattern1.test(data34)){const err87={
instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/anyOf/1/pattern",keyword:"pattern",params:{pattern:"\
^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=[err87]}else{vErrors.
push(err87)}errors++}}else{const err88={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/anyOf/1/ty\
pe",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err88]}else{vErrors.push(err88)}errors++}var _valid5=_errs94===errors;
valid21=valid21||_valid5}if(!valid21){const err89={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime\
/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};if(vErrors===null){vErrors=[err89]}else{vErrors.push(err89)}errors++}else{errors=_errs91;
if(vErrors!==null){if(_errs91){vErrors.length=_errs91}else{vErrors=null}}}}if(data23.weight!==void 0){let data35=data23.weight;if(!(typeof data35=="number"&&(!(data35%
1)&&!isNaN(data35))&&isFinite(data35))){const err90={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/weight\
/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err90]}else{vErrors.push(err90)}errors++}if(typeof data35==
"number"&&isFinite(data35)){if(data35>65535||isNaN(data35)){const err91={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/ite\
ms/properties/weight/maximum",keyword:"maximum",params:{comparison:"<=",limit:65535},message:"must be <= 65535"};if(vErrors===null){vErrors=[err91]}else{vErrors.
push(err91)}errors++}if(data35<1||isNaN(data35)){const err92={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properti\
es/weight/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err92]}else{vErrors.push(err92)}errors++}}}
if(data23.cap!==void 0){let data36=data23.cap;if(!(typeof data36=="number"&&(!(data36%1)&&!isNaN(data36))&&isFinite(data36))){const err93={instancePath:instancePath+
"/domains/"+i4+"/cap",schemaPath:"#/properties/domains/items/properties/cap/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===
null){vErrors=[err93]}else{vErrors.push(err93)}errors++}if(typeof data36=="number"&&isFinite(data36)){if(data36>51200||isNaN(data36)){const err94={instancePath:instancePath+
"/domains/"+i4+"/cap",schemaPath:"#/properties/domains/items/properties/cap/maximum",keyword:"maximum",params:{comparison:"<=",limit:51200},message:"must be <= \
51200"};if(vErrors===null){vErrors=[err94]}else{vErrors.push(err94)}errors++}if(data36<0||isNaN(data36)){const err95={instancePath:instancePath+"/domains/"+i4+"\
/cap",schemaPath:"#/properties/domains/items/properties/cap/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){
vErrors=[err95]}else{vErrors.push(err95)}errors++}}}if(data23.pool!==void 0){let data37=data23.pool;if(typeof data37==="string"){if(!pattern2.test(data37)){const err96={
instancePath:instancePath+"/domains/"+i4+"/pool",schemaPath:"#/properties/domains/items/properties/pool/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9_\
.+-]{1,64}$"},message:'must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err96]}else{vErrors.push(err96)}errors++}}else{const err97={instancePath:instancePath+
"/domains/"+i4+"/pool",schemaPath:"#/properties/domains/items/properties/pool/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err97]}else{vErrors.push(err97)}errors++}}if(data23.console!==void 0){let data38=data23.console;if(typeof data38!=="string"&&!(data38&&typeof data38==
"object"&&!Array.isArray(data38))){const err98={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"#/properties/domains/items/properties/console/ty\
pe",keyword:"type",params:{type:schema11.properties.domains.items.properties.console.type},message:"must be string,object"};if(vErrors===null){vErrors=[err98]}else{
vErrors.push(err98)}errors++}if(typeof data38==="string"){if(func2(data38)>65536){const err99={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"#\
/properties/domains/items/properties/console/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===
null){vErrors=[err99]}else{vErrors.push(err99)}errors++}}if(data38&&typeof data38=="object"&&!Array.isArray(data38)){for(const key7 in data38){if(!(key7==="text"||
key7==="prompt"||key7==="shutdown"||key7==="answers")){const err100={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"#/properties/domains/items/\
properties/console/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key7},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err100]}else{vErrors.push(err100)}errors++}}if(data38.text!==void 0){let data39=data38.text;if(typeof data39==="string"){if(func2(data39)>65536){
const err101={instancePath:instancePath+"/domains/"+i4+"/console/text",schemaPath:"#/properties/domains/items/properties/console/properties/text/maxLength",keyword:"\
maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err101]}else{vErrors.push(err101)}errors++}}else{
const err102={instancePath:instancePath+"/domains/"+i4+"/console/text",schemaPath:"#/properties/domains/items/properties/console/properties/text/type",keyword:"\
type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err102]}else{vErrors.push(err102)}errors++}}if(data38.prompt!==void 0){let data40=data38.
prompt;if(typeof data40==="string"){if(func2(data40)>65536){const err103={instancePath:instancePath+"/domains/"+i4+"/console/prompt",schemaPath:"#/properties/do\
mains/items/properties/console/properties/prompt/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===
null){vErrors=[err103]}else{vErrors.push(err103)}errors++}}else{const err104={instancePath:instancePath+"/domains/"+i4+"/console/prompt",schemaPath:"#/propertie\
s/domains/items/properties/console/properties/prompt/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err104]}else{
vErrors.push(err104)}errors++}}if(data38.shutdown!==void 0){let data41=data38.shutdown;if(!(data41==="poweroff"||data41==="reboot"||data41==="crash")){const err105={
instancePath:instancePath+"/domains/"+i4+"/console/shutdown",schemaPath:"#/properties/domains/items/properties/console/properties/shutdown/enum",keyword:"enum",
params:{allowedValues:schema11.properties.domains.items.properties.console.properties.shutdown.enum},message:"must be equal to one of the allowed values"};if(vErrors===
null){vErrors=[err105]}else{vErrors.push(err105)}errors++}}if(data38.answers!==void 0){let data42=data38.answers;if(Array.isArray(data42)){if(data42.length>1e3){
const err106={instancePath:instancePath+"/domains/"+i4+"/console/answers",schemaPath:"#/properties/domains/items/properties/console/properties/answers/maxItems",
keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===null){vErrors=[err106]}else{vErrors.push(err106)}errors++}const len4=data42.
length;for(let i5=0;i5<len4;i5++){let data43=data42[i5];if(data43&&typeof data43=="object"&&!Array.isArray(data43)){if(data43.line===void 0){const err107={instancePath:instancePath+
"/domains/"+i4+"/console/answers/"+i5,schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/required",keyword:"required",params:{missingProperty:"\
line"},message:"must have required property 'line'"};if(vErrors===null){vErrors=[err107]}else{vErrors.push(err107)}errors++}for(const key8 in data43){if(!(key8===
"line"||key8==="say"||key8==="shutdown")){const err108={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5,schemaPath:"#/properties/domains/items/p\
roperties/console/properties/answers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key8},message:"must NOT have addition\
al properties"};if(vErrors===null){vErrors=[err108]}else{vErrors.push(err108)}errors++}}if(data43.line!==void 0){let data44=data43.line;if(typeof data44==="stri\
ng"){if(func2(data44)>255){const err109={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/line",schemaPath:"#/properties/domains/items/properti\
es/console/properties/answers/items/properties/line/maxLength",keyword:"maxLength",params:{limit:255},message:"must NOT have more than 255 characters"};if(vErrors===
null){vErrors=[err109]}else{vErrors.push(err109)}errors++}}else{const err110={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/line",schemaPath:"\
#/properties/domains/items/properties/console/properties/answers/items/properties/line/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err110]}else{vErrors.push(err110)}errors++}}if(data43.say!==void 0){let data45=data43.say;if(typeof data45==="string"){if(func2(data45)>65536){const err111={
instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/say",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/proper\
ties/say/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err111]}else{vErrors.
push(err111)}errors++}}else{const err112={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/say",schemaPath:"#/properties/domains/items/properti\
es/console/properties/answers/items/properties/say/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err112]}else{
vErrors.push(err112)}errors++}}if(data43.shutdown!==void 0){let data46=data43.shutdown;if(!(data46==="poweroff"||data46==="reboot"||data46==="crash")){const err113={
instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/shutdown",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/p\
roperties/shutdown/enum",keyword:"enum",params:{allowedValues:schema11.properties.domains.items.properties.console.properties.answers.items.properties.shutdown.
enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err113]}else{vErrors.push(err113)}errors++}}}else{const err114={instancePath:instancePath+
"/domains/"+i4+"/console/answers/"+i5,schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/type",keyword:"type",params:{type:"obje\
ct"},message:"must be object"};if(vErrors===null){vErrors=[err114]}else{vErrors.push(err114)}errors++}}}else{const err115={instancePath:instancePath+"/domains/"+
i4+"/console/answers",schemaPath:"#/properties/domains/items/properties/console/properties/answers/type",keyword:"type",params:{type:"array"},message:"must be a\
rray"};if(vErrors===null){vErrors=[err115]}else{vErrors.push(err115)}errors++}}}}}else{const err116={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/prop\
erties/domains/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err116]}else{vErrors.push(err116)}errors++}}}else{
const err117={instancePath:instancePath+"/domains",schemaPath:"#/properties/domains/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===
null){vErrors=[err117]}else{vErrors.push(err117)}errors++}}}else{const err118={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"m\
ust be object"};if(vErrors===null){vErrors=[err118]}else{vErrors.push(err118)}errors++}validate10.errors=vErrors;return errors===0}export{stdin_default as default,validate};
