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
 or a number with K, M, G or T.","type":["integer","string"],"minimum":1,"pattern":"^[1-9][0-9]*[KMGT]$"},"cpu":{"description":"Which CPUs: amd-epyc and intel-x\
eon have what CPUs of real hosts have; recorded (or amd) is the one of the recordings, intel the same from Intel. Intel has memory access events (xen-access) an\
d Processor Trace (xen-vmtrace). Default: amd-epyc with --toolstack, else recorded.","enum":["recorded","amd","intel","amd-epyc","intel-xeon"]},"mhz":{"descript\
ion":"Clock of each CPU.","type":"number","exclusiveMinimum":0},"uptime":{"description":"A time: a number of seconds, or text such as 3d4h20m10s.","type":["numb\
er","string"],"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"}}},"pools":{"description":"CPU pools besides Pool-0. Their CPUs are taken from it.",
"type":"array","items":{"type":"object","additionalProperties":false,"required":["name","cpus"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_.+-\
]{1,64}$"},"cpus":{"type":"array","items":{"type":"integer","minimum":0},"uniqueItems":true},"scheduler":{"enum":["credit","credit2","rtds","null","arinc653"]}}}},
"built":{"description":"How domains behave that the tools build later, for example with xl create.","type":"object","additionalProperties":false,"properties":{"\
console":{"description":"A text that it has written to its console, or what it writes and answers. In texts, {domid}, {type}, {memory} (MiB), {vcpus} and {cmdli\
ne} stand for what it is.","type":["string","object"],"maxLength":65536,"additionalProperties":false,"properties":{"text":{"description":"Written once, at the s\
tart.","type":"string","maxLength":65536},"prompt":{"description":"Written after it, and after each answer.","type":"string","maxLength":65536},"shutdown":{"des\
cription":"The guest shuts down once its text is written.","enum":["poweroff","reboot","crash"]},"answers":{"description":"Answers to typed lines. The first mat\
ch is used; a line without a match gets no answer.","type":"array","maxItems":1e3,"items":{"type":"object","additionalProperties":false,"required":["line"],"pro\
perties":{"line":{"description":"The typed line. A * at the end matches the rest of it. In say, {line} and {rest} are replaced by the line and by that rest.","t\
ype":"string","maxLength":255},"say":{"type":"string","maxLength":65536},"shutdown":{"description":"The guest shuts down with this reason.","enum":["poweroff","\
reboot","crash"]}}}}}},"network":{"description":"How much each of their network cards moves.","type":"object","additionalProperties":false,"properties":{"receiv\
e":{"description":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"},"send":{
"description":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"}}},"disk":{"\
description":"How much each of their disks moves.","type":"object","additionalProperties":false,"properties":{"read":{"description":"Bytes a second: a number, o\
r a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"},"write":{"description":"Bytes a second: a number, or \
a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"}}}}},"domains":{"description":"Domains besides dom0, in \
the order of their ids, which begin at 1.","type":"array","maxItems":32e3,"items":{"type":"object","additionalProperties":false,"required":["name","memory"],"pr\
operties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_.+-]{1,64}$"},"type":{"enum":["pv","pvh","hvm"]},"uuid":{"type":"string","pattern":"^[0-9a-f]{8}(-[0-9\
a-f]{4}){3}-[0-9a-f]{12}$"},"memory":{"description":"An amount of memory: a number of MiB, or a number with K, M, G or T.","type":["integer","string"],"minimum":1,
"pattern":"^[1-9][0-9]*[KMGT]$"},"maxMemory":{"description":"An amount of memory: a number of MiB, or a number with K, M, G or T.","type":["integer","string"],"\
minimum":1,"pattern":"^[1-9][0-9]*[KMGT]$"},"vcpus":{"description":"Virtual CPUs that are up.","type":"integer","minimum":1,"maximum":512},"maxVcpus":{"type":"i\
nteger","minimum":1,"maximum":512},"state":{"description":"running: busy; idle: waits for events, which xl list shows as b.","enum":["running","idle","paused","\
shutdown","crashed"]},"load":{"description":"Share of its time that each virtual CPU runs.","type":"number","minimum":0,"maximum":1},"uptime":{"description":"A \
time: a number of seconds, or text such as 3d4h20m10s.","type":["number","string"],"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},"cpuTime":{"\
description":"A time: a number of seconds, or text such as 3d4h20m10s.","type":["number","string"],"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},
"weight":{"type":"integer","minimum":1,"maximum":65535},"cap":{"type":"integer","minimum":0,"maximum":51200},"pool":{"type":"string","pattern":"^[A-Za-z0-9_.+-]\
{1,64}$"},"console":{"description":"A text that it has written to its console, or what it writes and answers. In texts, {domid}, {type}, {memory} (MiB), {vcpus}\
 and {cmdline} stand for what it is.","type":["string","object"],"maxLength":65536,"additionalProperties":false,"properties":{"text":{"description":"Written onc\
e, at the start.","type":"string","maxLength":65536},"prompt":{"description":"Written after it, and after each answer.","type":"string","maxLength":65536},"shut\
down":{"description":"The guest shuts down once its text is written.","enum":["poweroff","reboot","crash"]},"answers":{"description":"Answers to typed lines. Th\
e first match is used; a line without a match gets no answer.","type":"array","maxItems":1e3,"items":{"type":"object","additionalProperties":false,"required":["\
line"],"properties":{"line":{"description":"The typed line. A * at the end matches the rest of it. In say, {line} and {rest} are replaced by the line and by tha\
t rest.","type":"string","maxLength":255},"say":{"type":"string","maxLength":65536},"shutdown":{"description":"The guest shuts down with this reason.","enum":["\
poweroff","reboot","crash"]}}}}}},"networks":{"description":"Network cards, with what the guest receives and sends. They need --toolstack.","type":"array","maxI\
tems":64,"items":{"type":"object","additionalProperties":false,"properties":{"mac":{"type":"string","pattern":"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},"bridge":{"type":"\
string","pattern":"^[A-Za-z0-9_.-]{1,15}$"},"receive":{"description":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","stri\
ng"],"minimum":0,"pattern":"^[0-9]+[KMG]$"},"send":{"description":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],
"minimum":0,"pattern":"^[0-9]+[KMG]$"}}}},"disks":{"description":"Disks, with what the guest reads and writes. They need --toolstack.","type":"array","maxItems":16,
"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"xvda, xvdb, \u2026","type":"string","pattern":"^x\
vd[a-p]$"},"readOnly":{"type":"boolean"},"size":{"description":"An amount of memory: a number of MiB, or a number with K, M, G or T.","type":["integer","string"],
"minimum":1,"pattern":"^[1-9][0-9]*[KMGT]$"},"read":{"description":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],
"minimum":0,"pattern":"^[0-9]+[KMG]$"},"write":{"description":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"m\
inimum":0,"pattern":"^[0-9]+[KMG]$"}}}}}}}}};var pattern0=new RegExp("^[1-9][0-9]*[KMGT]$","u");var pattern1=new RegExp("^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$",
"u");var pattern2=new RegExp("^[A-Za-z0-9_.+-]{1,64}$","u");var pattern3=new RegExp("^[0-9]+[KMG]$","u");var pattern8=new RegExp("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-\
[0-9a-f]{12}$","u");var pattern14=new RegExp("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$","u");var pattern15=new RegExp("^[A-Za-z0-9_.-]{1,15}$","u");var pattern18=new RegExp(
"^xvd[a-p]$","u");var func2=require_ucs2length().default;var func7=Object.prototype.hasOwnProperty;function validate10(data,{instancePath="",parentData,parentDataProperty,
rootData=data}={}){;let vErrors=null;let errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data){if(!(key0==="machine"||key0==="p\
ools"||key0==="built"||key0==="domains")){const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},
message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}}if(data.machine!==void 0){let data0=data.machine;
if(data0&&typeof data0=="object"&&!Array.isArray(data0)){for(const key1 in data0){if(!(key1==="cpus"||key1==="memory"||key1==="cpu"||key1==="mhz"||key1==="uptim\
e")){const err1={instancePath:instancePath+"/machine",schemaPath:"#/properties/machine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key1},
message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}if(data0.cpus!==void 0){let data1=data0.cpus;
if(!(typeof data1=="number"&&(!(data1%1)&&!isNaN(data1))&&isFinite(data1))){const err2={instancePath:instancePath+"/machine/cpus",schemaPath:"#/properties/machi\
ne/properties/cpus/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}if(typeof data1==
"number"&&isFinite(data1)){if(data1>4096||isNaN(data1)){const err3={instancePath:instancePath+"/machine/cpus",schemaPath:"#/properties/machine/properties/cpus/m\
aximum",keyword:"maximum",params:{comparison:"<=",limit:4096},message:"must be <= 4096"};if(vErrors===null){vErrors=[err3]}else{vErrors.push(err3)}errors++}if(data1<
1||isNaN(data1)){const err4={instancePath:instancePath+"/machine/cpus",schemaPath:"#/properties/machine/properties/cpus/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err4]}else{vErrors.push(err4)}errors++}}}if(data0.memory!==void 0){let data2=data0.memory;if(!(typeof data2==
"number"&&(!(data2%1)&&!isNaN(data2))&&isFinite(data2))&&typeof data2!=="string"){const err5={instancePath:instancePath+"/machine/memory",schemaPath:"#/properti\
es/machine/properties/memory/type",keyword:"type",params:{type:schema11.properties.machine.properties.memory.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err5]}else{vErrors.push(err5)}errors++}if(typeof data2=="number"&&isFinite(data2)){if(data2<1||isNaN(data2)){const err6={instancePath:instancePath+
"/machine/memory",schemaPath:"#/properties/machine/properties/memory/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===
null){vErrors=[err6]}else{vErrors.push(err6)}errors++}}if(typeof data2==="string"){if(!pattern0.test(data2)){const err7={instancePath:instancePath+"/machine/mem\
ory",schemaPath:"#/properties/machine/properties/memory/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-\
9]*[KMGT]$"'};if(vErrors===null){vErrors=[err7]}else{vErrors.push(err7)}errors++}}}if(data0.cpu!==void 0){let data3=data0.cpu;if(!(data3==="recorded"||data3==="\
amd"||data3==="intel"||data3==="amd-epyc"||data3==="intel-xeon")){const err8={instancePath:instancePath+"/machine/cpu",schemaPath:"#/properties/machine/properti\
es/cpu/enum",keyword:"enum",params:{allowedValues:schema11.properties.machine.properties.cpu.enum},message:"must be equal to one of the allowed values"};if(vErrors===
null){vErrors=[err8]}else{vErrors.push(err8)}errors++}}if(data0.mhz!==void 0){let data4=data0.mhz;if(typeof data4=="number"&&isFinite(data4)){if(data4<=0||isNaN(
data4)){const err9={instancePath:instancePath+"/machine/mhz",schemaPath:"#/properties/machine/properties/mhz/exclusiveMinimum",keyword:"exclusiveMinimum",params:{
comparison:">",limit:0},message:"must be > 0"};if(vErrors===null){vErrors=[err9]}else{vErrors.push(err9)}errors++}}else{const err10={instancePath:instancePath+"\
/machine/mhz",schemaPath:"#/properties/machine/properties/mhz/type",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[
err10]}else{vErrors.push(err10)}errors++}}if(data0.uptime!==void 0){let data5=data0.uptime;if(!(typeof data5=="number"&&isFinite(data5))&&typeof data5!=="string"){
const err11={instancePath:instancePath+"/machine/uptime",schemaPath:"#/properties/machine/properties/uptime/type",keyword:"type",params:{type:schema11.properties.
machine.properties.uptime.type},message:"must be number,string"};if(vErrors===null){vErrors=[err11]}else{vErrors.push(err11)}errors++}if(typeof data5=="number"&&
isFinite(data5)){if(data5<0||isNaN(data5)){const err12={instancePath:instancePath+"/machine/uptime",schemaPath:"#/properties/machine/properties/uptime/minimum",
keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err12]}else{vErrors.push(err12)}errors++}}if(typeof data5===
"string"){if(!pattern1.test(data5)){const err13={instancePath:instancePath+"/machine/uptime",schemaPath:"#/properties/machine/properties/uptime/pattern",keyword:"\
pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=
[err13]}else{vErrors.push(err13)}errors++}}}}else{const err14={instancePath:instancePath+"/machine",schemaPath:"#/properties/machine/type",keyword:"type",params:{
type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err14]}else{vErrors.push(err14)}errors++}}if(data.pools!==void 0){let data6=data.pools;if(Array.
isArray(data6)){const len0=data6.length;for(let i0=0;i0<len0;i0++){let data7=data6[i0];if(data7&&typeof data7=="object"&&!Array.isArray(data7)){if(data7.name===
void 0){const err15={instancePath:instancePath+"/pools/"+i0,schemaPath:"#/properties/pools/items/required",keyword:"required",params:{missingProperty:"name"},message:"\
must have required property 'name'"};if(vErrors===null){vErrors=[err15]}else{vErrors.push(err15)}errors++}if(data7.cpus===void 0){const err16={instancePath:instancePath+
"/pools/"+i0,schemaPath:"#/properties/pools/items/required",keyword:"required",params:{missingProperty:"cpus"},message:"must have required property 'cpus'"};if(vErrors===
null){vErrors=[err16]}else{vErrors.push(err16)}errors++}for(const key2 in data7){if(!(key2==="name"||key2==="cpus"||key2==="scheduler")){const err17={instancePath:instancePath+
"/pools/"+i0,schemaPath:"#/properties/pools/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key2},message:"must NOT have a\
dditional properties"};if(vErrors===null){vErrors=[err17]}else{vErrors.push(err17)}errors++}}if(data7.name!==void 0){let data8=data7.name;if(typeof data8==="str\
ing"){if(!pattern2.test(data8)){const err18={instancePath:instancePath+"/pools/"+i0+"/name",schemaPath:"#/properties/pools/items/properties/name/pattern",keyword:"\
pattern",params:{pattern:"^[A-Za-z0-9_.+-]{1,64}$"},message:'must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err18]}else{vErrors.push(
err18)}errors++}}else{const err19={instancePath:instancePath+"/pools/"+i0+"/name",schemaPath:"#/properties/pools/items/properties/name/type",keyword:"type",params:{
type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err19]}else{vErrors.push(err19)}errors++}}if(data7.cpus!==void 0){let data9=data7.cpus;if(Array.
isArray(data9)){const len1=data9.length;for(let i1=0;i1<len1;i1++){let data10=data9[i1];if(!(typeof data10=="number"&&(!(data10%1)&&!isNaN(data10))&&isFinite(data10))){
const err20={instancePath:instancePath+"/pools/"+i0+"/cpus/"+i1,schemaPath:"#/properties/pools/items/properties/cpus/items/type",keyword:"type",params:{type:"in\
teger"},message:"must be integer"};if(vErrors===null){vErrors=[err20]}else{vErrors.push(err20)}errors++}if(typeof data10=="number"&&isFinite(data10)){if(data10<
0||isNaN(data10)){const err21={instancePath:instancePath+"/pools/"+i0+"/cpus/"+i1,schemaPath:"#/properties/pools/items/properties/cpus/items/minimum",keyword:"m\
inimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err21]}else{vErrors.push(err21)}errors++}}}let i2=data9.length;let j0;
if(i2>1){const indices0={};for(;i2--;){let item0=data9[i2];if(!(typeof item0=="number"&&(!(item0%1)&&!isNaN(item0))&&isFinite(item0))){continue}if(typeof indices0[item0]==
"number"){j0=indices0[item0];const err22={instancePath:instancePath+"/pools/"+i0+"/cpus",schemaPath:"#/properties/pools/items/properties/cpus/uniqueItems",keyword:"\
uniqueItems",params:{i:i2,j:j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)"};if(vErrors===null){vErrors=[err22]}else{vErrors.
push(err22)}errors++;break}indices0[item0]=i2}}}else{const err23={instancePath:instancePath+"/pools/"+i0+"/cpus",schemaPath:"#/properties/pools/items/properties\
/cpus/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err23]}else{vErrors.push(err23)}errors++}}if(data7.scheduler!==
void 0){let data11=data7.scheduler;if(!(data11==="credit"||data11==="credit2"||data11==="rtds"||data11==="null"||data11==="arinc653")){const err24={instancePath:instancePath+
"/pools/"+i0+"/scheduler",schemaPath:"#/properties/pools/items/properties/scheduler/enum",keyword:"enum",params:{allowedValues:schema11.properties.pools.items.properties.
scheduler.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err24]}else{vErrors.push(err24)}errors++}}}else{const err25={instancePath:instancePath+
"/pools/"+i0,schemaPath:"#/properties/pools/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err25]}else{
vErrors.push(err25)}errors++}}}else{const err26={instancePath:instancePath+"/pools",schemaPath:"#/properties/pools/type",keyword:"type",params:{type:"array"},message:"\
must be array"};if(vErrors===null){vErrors=[err26]}else{vErrors.push(err26)}errors++}}if(data.built!==void 0){let data12=data.built;if(data12&&typeof data12=="o\
bject"&&!Array.isArray(data12)){for(const key3 in data12){if(!(key3==="console"||key3==="network"||key3==="disk")){const err27={instancePath:instancePath+"/buil\
t",schemaPath:"#/properties/built/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key3},message:"must NOT have additional proper\
ties"};if(vErrors===null){vErrors=[err27]}else{vErrors.push(err27)}errors++}}if(data12.console!==void 0){let data13=data12.console;if(typeof data13!=="string"&&
!(data13&&typeof data13=="object"&&!Array.isArray(data13))){const err28={instancePath:instancePath+"/built/console",schemaPath:"#/properties/built/properties/co\
nsole/type",keyword:"type",params:{type:schema11.properties.built.properties.console.type},message:"must be string,object"};if(vErrors===null){vErrors=[err28]}else{
vErrors.push(err28)}errors++}if(typeof data13==="string"){if(func2(data13)>65536){const err29={instancePath:instancePath+"/built/console",schemaPath:"#/properti\
es/built/properties/console/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[
err29]}else{vErrors.push(err29)}errors++}}if(data13&&typeof data13=="object"&&!Array.isArray(data13)){for(const key4 in data13){if(!(key4==="text"||key4==="prom\
pt"||key4==="shutdown"||key4==="answers")){const err30={instancePath:instancePath+"/built/console",schemaPath:"#/properties/built/properties/console/additionalP\
roperties",keyword:"additionalProperties",params:{additionalProperty:key4},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err30]}else{
vErrors.push(err30)}errors++}}if(data13.text!==void 0){let data14=data13.text;if(typeof data14==="string"){if(func2(data14)>65536){const err31={instancePath:instancePath+
"/built/console/text",schemaPath:"#/properties/built/properties/console/properties/text/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT ha\
ve more than 65536 characters"};if(vErrors===null){vErrors=[err31]}else{vErrors.push(err31)}errors++}}else{const err32={instancePath:instancePath+"/built/consol\
e/text",schemaPath:"#/properties/built/properties/console/properties/text/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err32]}else{vErrors.push(err32)}errors++}}if(data13.prompt!==void 0){let data15=data13.prompt;if(typeof data15==="string"){if(func2(data15)>65536){const err33={
instancePath:instancePath+"/built/console/prompt",schemaPath:"#/properties/built/properties/console/properties/prompt/maxLength",keyword:"maxLength",params:{limit:65536},
message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err33]}else{vErrors.push(err33)}errors++}}else{const err34={instancePath:instancePath+
"/built/console/prompt",schemaPath:"#/properties/built/properties/console/properties/prompt/type",keyword:"type",params:{type:"string"},message:"must be string"};
if(vErrors===null){vErrors=[err34]}else{vErrors.push(err34)}errors++}}if(data13.shutdown!==void 0){let data16=data13.shutdown;if(!(data16==="poweroff"||data16===
"reboot"||data16==="crash")){const err35={instancePath:instancePath+"/built/console/shutdown",schemaPath:"#/properties/built/properties/console/properties/shutd\
own/enum",keyword:"enum",params:{allowedValues:schema11.properties.built.properties.console.properties.shutdown.enum},message:"must be equal to one of the allow\
ed values"};if(vErrors===null){vErrors=[err35]}else{vErrors.push(err35)}errors++}}if(data13.answers!==void 0){let data17=data13.answers;if(Array.isArray(data17)){
if(data17.length>1e3){const err36={instancePath:instancePath+"/built/console/answers",schemaPath:"#/properties/built/properties/console/properties/answers/maxIt\
ems",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===null){vErrors=[err36]}else{vErrors.push(err36)}errors++}const len2=data17.
length;for(let i3=0;i3<len2;i3++){let data18=data17[i3];if(data18&&typeof data18=="object"&&!Array.isArray(data18)){if(data18.line===void 0){const err37={instancePath:instancePath+
"/built/console/answers/"+i3,schemaPath:"#/properties/built/properties/console/properties/answers/items/required",keyword:"required",params:{missingProperty:"li\
ne"},message:"must have required property 'line'"};if(vErrors===null){vErrors=[err37]}else{vErrors.push(err37)}errors++}for(const key5 in data18){if(!(key5==="l\
ine"||key5==="say"||key5==="shutdown")){const err38={instancePath:instancePath+"/built/console/answers/"+i3,schemaPath:"#/properties/built/properties/console/pr\
operties/answers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key5},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err38]}else{vErrors.push(err38)}errors++}}if(data18.line!==void 0){let data19=data18.line;if(typeof data19==="string"){if(func2(data19)>255){const err39={
instancePath:instancePath+"/built/console/answers/"+i3+"/line",schemaPath:"#/properties/built/properties/console/properties/answers/items/properties/line/maxLen\
gth",keyword:"maxLength",params:{limit:255},message:"must NOT have more than 255 characters"};if(vErrors===null){vErrors=[err39]}else{vErrors.push(err39)}errors++}}else{
const err40={instancePath:instancePath+"/built/console/answers/"+i3+"/line",schemaPath:"#/properties/built/properties/console/properties/answers/items/propertie\
s/line/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err40]}else{vErrors.push(err40)}errors++}}if(data18.say!==
void 0){let data20=data18.say;if(typeof data20==="string"){if(func2(data20)>65536){const err41={instancePath:instancePath+"/built/console/answers/"+i3+"/say",schemaPath:"\
#/properties/built/properties/console/properties/answers/items/properties/say/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more th\
an 65536 characters"};if(vErrors===null){vErrors=[err41]}else{vErrors.push(err41)}errors++}}else{const err42={instancePath:instancePath+"/built/console/answers/"+
i3+"/say",schemaPath:"#/properties/built/properties/console/properties/answers/items/properties/say/type",keyword:"type",params:{type:"string"},message:"must be\
 string"};if(vErrors===null){vErrors=[err42]}else{vErrors.push(err42)}errors++}}if(data18.shutdown!==void 0){let data21=data18.shutdown;if(!(data21==="poweroff"||
data21==="reboot"||data21==="crash")){const err43={instancePath:instancePath+"/built/console/answers/"+i3+"/shutdown",schemaPath:"#/properties/built/properties/\
console/properties/answers/items/properties/shutdown/enum",keyword:"enum",params:{allowedValues:schema11.properties.built.properties.console.properties.answers.
items.properties.shutdown.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err43]}else{vErrors.push(err43)}errors++}}}else{
const err44={instancePath:instancePath+"/built/console/answers/"+i3,schemaPath:"#/properties/built/properties/console/properties/answers/items/type",keyword:"ty\
pe",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err44]}else{vErrors.push(err44)}errors++}}}else{const err45={instancePath:instancePath+
"/built/console/answers",schemaPath:"#/properties/built/properties/console/properties/answers/type",keyword:"type",params:{type:"array"},message:"must be array"};
if(vErrors===null){vErrors=[err45]}else{vErrors.push(err45)}errors++}}}}if(data12.network!==void 0){let data22=data12.network;if(data22&&typeof data22=="object"&&
!Array.isArray(data22)){for(const key6 in data22){if(!(key6==="receive"||key6==="send")){const err46={instancePath:instancePath+"/built/network",schemaPath:"#/p\
roperties/built/properties/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key6},message:"must NOT have additional prope\
rties"};if(vErrors===null){vErrors=[err46]}else{vErrors.push(err46)}errors++}}if(data22.receive!==void 0){let data23=data22.receive;if(!(typeof data23=="number"&&
(!(data23%1)&&!isNaN(data23))&&isFinite(data23))&&typeof data23!=="string"){const err47={instancePath:instancePath+"/built/network/receive",schemaPath:"#/proper\
ties/built/properties/network/properties/receive/type",keyword:"type",params:{type:schema11.properties.built.properties.network.properties.receive.type},message:"\
must be integer,string"};if(vErrors===null){vErrors=[err47]}else{vErrors.push(err47)}errors++}if(typeof data23=="number"&&isFinite(data23)){if(data23<0||isNaN(data23)){
const err48={instancePath:instancePath+"/built/network/receive",schemaPath:"#/properties/built/properties/network/properties/receive/minimum",keyword:"minimum",
params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err48]}else{vErrors.push(err48)}errors++}}if(typeof data23==="string"){if(!pattern3.
test(data23)){const err49={instancePath:instancePath+"/built/network/receive",schemaPath:"#/properties/built/properties/network/properties/receive/pattern",keyword:"\
pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err49]}else{vErrors.push(err49)}errors++}}}if(data22.
send!==void 0){let data24=data22.send;if(!(typeof data24=="number"&&(!(data24%1)&&!isNaN(data24))&&isFinite(data24))&&typeof data24!=="string"){const err50={instancePath:instancePath+
"/built/network/send",schemaPath:"#/properties/built/properties/network/properties/send/type",keyword:"type",params:{type:schema11.properties.built.properties.network.
properties.send.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err50]}else{vErrors.push(err50)}errors++}if(typeof data24=="number"&&isFinite(
data24)){if(data24<0||isNaN(data24)){const err51={instancePath:instancePath+"/built/network/send",schemaPath:"#/properties/built/properties/network/properties/s\
end/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err51]}else{vErrors.push(err51)}errors++}}if(typeof data24===
"string"){if(!pattern3.test(data24)){const err52={instancePath:instancePath+"/built/network/send",schemaPath:"#/properties/built/properties/network/properties/s\
end/pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err52]}else{vErrors.push(
err52)}errors++}}}}else{const err53={instancePath:instancePath+"/built/network",schemaPath:"#/properties/built/properties/network/type",keyword:"type",params:{type:"\
object"},message:"must be object"};if(vErrors===null){vErrors=[err53]}else{vErrors.push(err53)}errors++}}if(data12.disk!==void 0){let data25=data12.disk;if(data25&&
typeof data25=="object"&&!Array.isArray(data25)){for(const key7 in data25){if(!(key7==="read"||key7==="write")){const err54={instancePath:instancePath+"/built/d\
isk",schemaPath:"#/properties/built/properties/disk/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key7},message:"must NOT have\
 additional properties"};if(vErrors===null){vErrors=[err54]}else{vErrors.push(err54)}errors++}}if(data25.read!==void 0){let data26=data25.read;if(!(typeof data26==
"number"&&(!(data26%1)&&!isNaN(data26))&&isFinite(data26))&&typeof data26!=="string"){const err55={instancePath:instancePath+"/built/disk/read",schemaPath:"#/pr\
operties/built/properties/disk/properties/read/type",keyword:"type",params:{type:schema11.properties.built.properties.disk.properties.read.type},message:"must b\
e integer,string"};if(vErrors===null){vErrors=[err55]}else{vErrors.push(err55)}errors++}if(typeof data26=="number"&&isFinite(data26)){if(data26<0||isNaN(data26)){
const err56={instancePath:instancePath+"/built/disk/read",schemaPath:"#/properties/built/properties/disk/properties/read/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err56]}else{vErrors.push(err56)}errors++}}if(typeof data26==="string"){if(!pattern3.test(data26)){
const err57={instancePath:instancePath+"/built/disk/read",schemaPath:"#/properties/built/properties/disk/properties/read/pattern",keyword:"pattern",params:{pattern:"\
^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err57]}else{vErrors.push(err57)}errors++}}}if(data25.write!==void 0){let data27=data25.
write;if(!(typeof data27=="number"&&(!(data27%1)&&!isNaN(data27))&&isFinite(data27))&&typeof data27!=="string"){const err58={instancePath:instancePath+"/built/d\
isk/write",schemaPath:"#/properties/built/properties/disk/properties/write/type",keyword:"type",params:{type:schema11.properties.built.properties.disk.properties.
write.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err58]}else{vErrors.push(err58)}errors++}if(typeof data27=="number"&&isFinite(data27)){
if(data27<0||isNaN(data27)){const err59={instancePath:instancePath+"/built/disk/write",schemaPath:"#/properties/built/properties/disk/properties/write/minimum",
keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err59]}else{vErrors.push(err59)}errors++}}if(typeof data27===
"string"){if(!pattern3.test(data27)){const err60={instancePath:instancePath+"/built/disk/write",schemaPath:"#/properties/built/properties/disk/properties/write/\
pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err60]}else{vErrors.push(err60)}
errors++}}}}else{const err61={instancePath:instancePath+"/built/disk",schemaPath:"#/properties/built/properties/disk/type",keyword:"type",params:{type:"object"},
message:"must be object"};if(vErrors===null){vErrors=[err61]}else{vErrors.push(err61)}errors++}}}else{const err62={instancePath:instancePath+"/built",schemaPath:"\
#/properties/built/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err62]}else{vErrors.push(err62)}errors++}}if(data.
domains!==void 0){let data28=data.domains;if(Array.isArray(data28)){if(data28.length>32e3){const err63={instancePath:instancePath+"/domains",schemaPath:"#/prope\
rties/domains/maxItems",keyword:"maxItems",params:{limit:32e3},message:"must NOT have more than 32000 items"};if(vErrors===null){vErrors=[err63]}else{vErrors.push(
err63)}errors++}const len3=data28.length;for(let i4=0;i4<len3;i4++){let data29=data28[i4];if(data29&&typeof data29=="object"&&!Array.isArray(data29)){if(data29.
name===void 0){const err64={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains/items/required",keyword:"required",params:{missingProperty:"\
name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err64]}else{vErrors.push(err64)}errors++}if(data29.memory===void 0){const err65={
instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains/items/required",keyword:"required",params:{missingProperty:"memory"},message:"must hav\
e required property 'memory'"};if(vErrors===null){vErrors=[err65]}else{vErrors.push(err65)}errors++}for(const key8 in data29){if(!func7.call(schema11.properties.
domains.items.properties,key8)){const err66={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains/items/additionalProperties",keyword:"addi\
tionalProperties",params:{additionalProperty:key8},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err66]}else{vErrors.push(err66)}errors++}}
if(data29.name!==void 0){let data30=data29.name;if(typeof data30==="string"){if(!pattern2.test(data30)){const err67={instancePath:instancePath+"/domains/"+i4+"/\
name",schemaPath:"#/properties/domains/items/properties/name/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9_.+-]{1,64}$"},message:'must match pattern "\
^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err67]}else{vErrors.push(err67)}errors++}}else{const err68={instancePath:instancePath+"/domains/"+i4+"/na\
me",schemaPath:"#/properties/domains/items/properties/name/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err68]}else{
vErrors.push(err68)}errors++}}if(data29.type!==void 0){let data31=data29.type;if(!(data31==="pv"||data31==="pvh"||data31==="hvm")){const err69={instancePath:instancePath+
"/domains/"+i4+"/type",schemaPath:"#/properties/domains/items/properties/type/enum",keyword:"enum",params:{allowedValues:schema11.properties.domains.items.properties.
type.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err69]}else{vErrors.push(err69)}errors++}}if(data29.uuid!==void 0){
let data32=data29.uuid;if(typeof data32==="string"){if(!pattern8.test(data32)){const err70={instancePath:instancePath+"/domains/"+i4+"/uuid",schemaPath:"#/prope\
rties/domains/items/properties/uuid/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},message:'must match pattern "^[0-9\
a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"'};if(vErrors===null){vErrors=[err70]}else{vErrors.push(err70)}errors++}}else{const err71={instancePath:instancePath+"/do\
mains/"+i4+"/uuid",schemaPath:"#/properties/domains/items/properties/uuid/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err71]}else{vErrors.push(err71)}errors++}}if(data29.memory!==void 0){let data33=data29.memory;if(!(typeof data33=="number"&&(!(data33%1)&&!isNaN(data33))&&
isFinite(data33))&&typeof data33!=="string"){const err72={instancePath:instancePath+"/domains/"+i4+"/memory",schemaPath:"#/properties/domains/items/properties/m\
emory/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.memory.type},message:"must be integer,string"};if(vErrors===null){vErrors=[
err72]}else{vErrors.push(err72)}errors++}if(typeof data33=="number"&&isFinite(data33)){if(data33<1||isNaN(data33)){const err73={instancePath:instancePath+"/doma\
ins/"+i4+"/memory",schemaPath:"#/properties/domains/items/properties/memory/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};
if(vErrors===null){vErrors=[err73]}else{vErrors.push(err73)}errors++}}if(typeof data33==="string"){if(!pattern0.test(data33)){const err74={instancePath:instancePath+
"/domains/"+i4+"/memory",schemaPath:"#/properties/domains/items/properties/memory/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'mus\
t match pattern "^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err74]}else{vErrors.push(err74)}errors++}}}if(data29.maxMemory!==void 0){let data34=data29.maxMemory;
if(!(typeof data34=="number"&&(!(data34%1)&&!isNaN(data34))&&isFinite(data34))&&typeof data34!=="string"){const err75={instancePath:instancePath+"/domains/"+i4+
"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.maxMemory.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err75]}else{vErrors.push(err75)}errors++}if(typeof data34=="number"&&isFinite(data34)){if(data34<
1||isNaN(data34)){const err76={instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/minimum",keyword:"\
minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err76]}else{vErrors.push(err76)}errors++}}if(typeof data34==="stri\
ng"){if(!pattern0.test(data34)){const err77={instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/p\
attern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err77]}else{vErrors.
push(err77)}errors++}}}if(data29.vcpus!==void 0){let data35=data29.vcpus;if(!(typeof data35=="number"&&(!(data35%1)&&!isNaN(data35))&&isFinite(data35))){const err78={
instancePath:instancePath+"/domains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/type",keyword:"type",params:{type:"integer"},message:"\
must be integer"};if(vErrors===null){vErrors=[err78]}else{vErrors.push(err78)}errors++}if(typeof data35=="number"&&isFinite(data35)){if(data35>512||isNaN(data35)){
const err79={instancePath:instancePath+"/domains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/maximum",keyword:"maximum",params:{comparison:"\
<=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err79]}else{vErrors.push(err79)}errors++}if(data35<1||isNaN(data35)){const err80={instancePath:instancePath+
"/domains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= \
1"};if(vErrors===null){vErrors=[err80]}else{vErrors.push(err80)}errors++}}}if(data29.maxVcpus!==void 0){let data36=data29.maxVcpus;if(!(typeof data36=="number"&&
(!(data36%1)&&!isNaN(data36))&&isFinite(data36))){const err81={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",schemaPath:"#/properties/domains/items/prope\
rties/maxVcpus/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err81]}else{vErrors.push(err81)}errors++}if(typeof data36==
"number"&&isFinite(data36)){if(data36>512||isNaN(data36)){const err82={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",schemaPath:"#/properties/domains/ite\
ms/properties/maxVcpus/maximum",keyword:"maximum",params:{comparison:"<=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err82]}else{vErrors.push(
err82)}errors++}if(data36<1||isNaN(data36)){const err83={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",schemaPath:"#/properties/domains/items/properties/\
maxVcpus/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err83]}else{vErrors.push(err83)}errors++}}}
if(data29.state!==void 0){let data37=data29.state;if(!(data37==="running"||data37==="idle"||data37==="paused"||data37==="shutdown"||data37==="crashed")){const err84={
instancePath:instancePath+"/domains/"+i4+"/state",schemaPath:"#/properties/domains/items/properties/state/enum",keyword:"enum",params:{allowedValues:schema11.properties.
domains.items.properties.state.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err84]}else{vErrors.push(err84)}errors++}}
if(data29.load!==void 0){let data38=data29.load;if(typeof data38=="number"&&isFinite(data38)){if(data38>1||isNaN(data38)){const err85={instancePath:instancePath+
"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/properties/load/maximum",keyword:"maximum",params:{comparison:"<=",limit:1},message:"must be <= 1"};
if(vErrors===null){vErrors=[err85]}else{vErrors.push(err85)}errors++}if(data38<0||isNaN(data38)){const err86={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"\
#/properties/domains/items/properties/load/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err86]}else{
vErrors.push(err86)}errors++}}else{const err87={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/properties/load/type",keyword:"\
type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err87]}else{vErrors.push(err87)}errors++}}if(data29.uptime!==void 0){let data39=data29.
uptime;if(!(typeof data39=="number"&&isFinite(data39))&&typeof data39!=="string"){const err88={instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/\
properties/domains/items/properties/uptime/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.uptime.type},message:"must be number,s\
tring"};if(vErrors===null){vErrors=[err88]}else{vErrors.push(err88)}errors++}if(typeof data39=="number"&&isFinite(data39)){if(data39<0||isNaN(data39)){const err89={
instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/uptime/minimum",keyword:"minimum",params:{comparison:">=",limit:0},
message:"must be >= 0"};if(vErrors===null){vErrors=[err89]}else{vErrors.push(err89)}errors++}}if(typeof data39==="string"){if(!pattern1.test(data39)){const err90={
instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/uptime/pattern",keyword:"pattern",params:{pattern:"^(?=.)(\\\
d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=[err90]}else{vErrors.push(err90)}
errors++}}}if(data29.cpuTime!==void 0){let data40=data29.cpuTime;if(!(typeof data40=="number"&&isFinite(data40))&&typeof data40!=="string"){const err91={instancePath:instancePath+
"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
cpuTime.type},message:"must be number,string"};if(vErrors===null){vErrors=[err91]}else{vErrors.push(err91)}errors++}if(typeof data40=="number"&&isFinite(data40)){
if(data40<0||isNaN(data40)){const err92={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/minimum",
keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err92]}else{vErrors.push(err92)}errors++}}if(typeof data40===
"string"){if(!pattern1.test(data40)){const err93={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/\
pattern",keyword:"pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===
null){vErrors=[err93]}else{vErrors.push(err93)}errors++}}}if(data29.weight!==void 0){let data41=data29.weight;if(!(typeof data41=="number"&&(!(data41%1)&&!isNaN(
data41))&&isFinite(data41))){const err94={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/weight/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err94]}else{vErrors.push(err94)}errors++}if(typeof data41=="number"&&isFinite(
data41)){if(data41>65535||isNaN(data41)){const err95={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/weigh\
t/maximum",keyword:"maximum",params:{comparison:"<=",limit:65535},message:"must be <= 65535"};if(vErrors===null){vErrors=[err95]}else{vErrors.push(err95)}errors++}
if(data41<1||isNaN(data41)){const err96={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/weight/minimum",keyword:"\
minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err96]}else{vErrors.push(err96)}errors++}}}if(data29.cap!==void 0){
let data42=data29.cap;if(!(typeof data42=="number"&&(!(data42%1)&&!isNaN(data42))&&isFinite(data42))){const err97={instancePath:instancePath+"/domains/"+i4+"/ca\
p",schemaPath:"#/properties/domains/items/properties/cap/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err97]}else{
vErrors.push(err97)}errors++}if(typeof data42=="number"&&isFinite(data42)){if(data42>51200||isNaN(data42)){const err98={instancePath:instancePath+"/domains/"+i4+
"/cap",schemaPath:"#/properties/domains/items/properties/cap/maximum",keyword:"maximum",params:{comparison:"<=",limit:51200},message:"must be <= 51200"};if(vErrors===
null){vErrors=[err98]}else{vErrors.push(err98)}errors++}if(data42<0||isNaN(data42)){const err99={instancePath:instancePath+"/domains/"+i4+"/cap",schemaPath:"#/p\
roperties/domains/items/properties/cap/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err99]}else{
vErrors.push(err99)}errors++}}}if(data29.pool!==void 0){let data43=data29.pool;if(typeof data43==="string"){if(!pattern2.test(data43)){const err100={instancePath:instancePath+
"/domains/"+i4+"/pool",schemaPath:"#/properties/domains/items/properties/pool/pattern",keyword:"pattern",params:{pattern:"^[A-Za-z0-9_.+-]{1,64}$"},message:'mus\
t match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err100]}else{vErrors.push(err100)}errors++}}else{const err101={instancePath:instancePath+
"/domains/"+i4+"/pool",schemaPath:"#/properties/domains/items/properties/pool/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err101]}else{vErrors.push(err101)}errors++}}if(data29.console!==void 0){let data44=data29.console;if(typeof data44!=="string"&&!(data44&&typeof data44==
"object"&&!Array.isArray(data44))){const err102={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"#/properties/domains/items/properties/console/t\
ype",keyword:"type",params:{type:schema11.properties.domains.items.properties.console.type},message:"must be string,object"};if(vErrors===null){vErrors=[err102]}else{
vErrors.push(err102)}errors++}if(typeof data44==="string"){if(func2(data44)>65536){const err103={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"\
#/properties/domains/items/properties/console/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===
null){vErrors=[err103]}else{vErrors.push(err103)}errors++}}if(data44&&typeof data44=="object"&&!Array.isArray(data44)){for(const key9 in data44){if(!(key9==="te\
xt"||key9==="prompt"||key9==="shutdown"||key9==="answers")){const err104={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"#/properties/domains/i\
tems/properties/console/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key9},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err104]}else{vErrors.push(err104)}errors++}}if(data44.text!==void 0){let data45=data44.text;if(typeof data45==="string"){if(func2(data45)>65536){
const err105={instancePath:instancePath+"/domains/"+i4+"/console/text",schemaPath:"#/properties/domains/items/properties/console/properties/text/maxLength",keyword:"\
maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err105]}else{vErrors.push(err105)}errors++}}else{
const err106={instancePath:instancePath+"/domains/"+i4+"/console/text",schemaPath:"#/properties/domains/items/properties/console/properties/text/type",keyword:"\
type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err106]}else{vErrors.push(err106)}errors++}}if(data44.prompt!==void 0){let data46=data44.
prompt;if(typeof data46==="string"){if(func2(data46)>65536){const err107={instancePath:instancePath+"/domains/"+i4+"/console/prompt",schemaPath:"#/properties/do\
mains/items/properties/console/properties/prompt/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===
null){vErrors=[err107]}else{vErrors.push(err107)}errors++}}else{const err108={instancePath:instancePath+"/domains/"+i4+"/console/prompt",schemaPath:"#/propertie\
s/domains/items/properties/console/properties/prompt/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err108]}else{
vErrors.push(err108)}errors++}}if(data44.shutdown!==void 0){let data47=data44.shutdown;if(!(data47==="poweroff"||data47==="reboot"||data47==="crash")){const err109={
instancePath:instancePath+"/domains/"+i4+"/console/shutdown",schemaPath:"#/properties/domains/items/properties/console/properties/shutdown/enum",keyword:"enum",
params:{allowedValues:schema11.properties.domains.items.properties.console.properties.shutdown.enum},message:"must be equal to one of the allowed values"};if(vErrors===
null){vErrors=[err109]}else{vErrors.push(err109)}errors++}}if(data44.answers!==void 0){let data48=data44.answers;if(Array.isArray(data48)){if(data48.length>1e3){
const err110={instancePath:instancePath+"/domains/"+i4+"/console/answers",schemaPath:"#/properties/domains/items/properties/console/properties/answers/maxItems",
keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===null){vErrors=[err110]}else{vErrors.push(err110)}errors++}const len4=data48.
length;for(let i5=0;i5<len4;i5++){let data49=data48[i5];if(data49&&typeof data49=="object"&&!Array.isArray(data49)){if(data49.line===void 0){const err111={instancePath:instancePath+
"/domains/"+i4+"/console/answers/"+i5,schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/required",keyword:"required",params:{missingProperty:"\
line"},message:"must have required property 'line'"};if(vErrors===null){vErrors=[err111]}else{vErrors.push(err111)}errors++}for(const key10 in data49){if(!(key10===
"line"||key10==="say"||key10==="shutdown")){const err112={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5,schemaPath:"#/properties/domains/items\
/properties/console/properties/answers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key10},message:"must NOT have addit\
ional properties"};if(vErrors===null){vErrors=[err112]}else{vErrors.push(err112)}errors++}}if(data49.line!==void 0){let data50=data49.line;if(typeof data50==="s\
tring"){if(func2(data50)>255){const err113={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/line",schemaPath:"#/properties/domains/items/prope\
rties/console/properties/answers/items/properties/line/maxLength",keyword:"maxLength",params:{limit:255},message:"must NOT have more than 255 characters"};if(vErrors===
null){vErrors=[err113]}else{vErrors.push(err113)}errors++}}else{const err114={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/line",schemaPath:"\
#/properties/domains/items/properties/console/properties/answers/items/properties/line/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err114]}else{vErrors.push(err114)}errors++}}if(data49.say!==void 0){let data51=data49.say;if(typeof data51==="string"){if(func2(data51)>65536){const err115={
instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/say",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/proper\
ties/say/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err115]}else{vErrors.
push(err115)}errors++}}else{const err116={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/say",schemaPath:"#/properties/domains/items/properti\
es/console/properties/answers/items/properties/say/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err116]}else{
vErrors.push(err116)}errors++}}if(data49.shutdown!==void 0){let data52=data49.shutdown;if(!(data52==="poweroff"||data52==="reboot"||data52==="crash")){const err117={
instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i5+"/shutdown",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/p\
roperties/shutdown/enum",keyword:"enum",params:{allowedValues:schema11.properties.domains.items.properties.console.properties.answers.items.properties.shutdown.
enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err117]}else{vErrors.push(err117)}errors++}}}else{const err118={instancePath:instancePath+
"/domains/"+i4+"/console/answers/"+i5,schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/type",keyword:"type",params:{type:"obje\
ct"},message:"must be object"};if(vErrors===null){vErrors=[err118]}else{vErrors.push(err118)}errors++}}}else{const err119={instancePath:instancePath+"/domains/"+
i4+"/console/answers",schemaPath:"#/properties/domains/items/properties/console/properties/answers/type",keyword:"type",params:{type:"array"},message:"must be a\
rray"};if(vErrors===null){vErrors=[err119]}else{vErrors.push(err119)}errors++}}}}if(data29.networks!==void 0){let data53=data29.networks;if(Array.isArray(data53)){
if(data53.length>64){const err120={instancePath:instancePath+"/domains/"+i4+"/networks",schemaPath:"#/properties/domains/items/properties/networks/maxItems",keyword:"\
maxItems",params:{limit:64},message:"must NOT have more than 64 items"};if(vErrors===null){vErrors=[err120]}else{vErrors.push(err120)}errors++}const len5=data53.
length;for(let i6=0;i6<len5;i6++){let data54=data53[i6];if(data54&&typeof data54=="object"&&!Array.isArray(data54)){for(const key11 in data54){if(!(key11==="mac"||
key11==="bridge"||key11==="receive"||key11==="send")){const err121={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6,schemaPath:"#/properties/domains/it\
ems/properties/networks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key11},message:"must NOT have additional propertie\
s"};if(vErrors===null){vErrors=[err121]}else{vErrors.push(err121)}errors++}}if(data54.mac!==void 0){let data55=data54.mac;if(typeof data55==="string"){if(!pattern14.
test(data55)){const err122={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/mac",schemaPath:"#/properties/domains/items/properties/networks/items/pro\
perties/mac/pattern",keyword:"pattern",params:{pattern:"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},message:'must match pattern "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"'};if(vErrors===
null){vErrors=[err122]}else{vErrors.push(err122)}errors++}}else{const err123={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/mac",schemaPath:"#/prop\
erties/domains/items/properties/networks/items/properties/mac/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[
err123]}else{vErrors.push(err123)}errors++}}if(data54.bridge!==void 0){let data56=data54.bridge;if(typeof data56==="string"){if(!pattern15.test(data56)){const err124={
instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/bridge",schemaPath:"#/properties/domains/items/properties/networks/items/properties/bridge/pattern",keyword:"\
pattern",params:{pattern:"^[A-Za-z0-9_.-]{1,15}$"},message:'must match pattern "^[A-Za-z0-9_.-]{1,15}$"'};if(vErrors===null){vErrors=[err124]}else{vErrors.push(
err124)}errors++}}else{const err125={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/bridge",schemaPath:"#/properties/domains/items/properties/networ\
ks/items/properties/bridge/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err125]}else{vErrors.push(err125)}errors++}}
if(data54.receive!==void 0){let data57=data54.receive;if(!(typeof data57=="number"&&(!(data57%1)&&!isNaN(data57))&&isFinite(data57))&&typeof data57!=="string"){
const err126={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/receive",schemaPath:"#/properties/domains/items/properties/networks/items/properties/re\
ceive/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.networks.items.properties.receive.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err126]}else{vErrors.push(err126)}errors++}if(typeof data57=="number"&&isFinite(data57)){if(data57<0||isNaN(data57)){const err127={instancePath:instancePath+
"/domains/"+i4+"/networks/"+i6+"/receive",schemaPath:"#/properties/domains/items/properties/networks/items/properties/receive/minimum",keyword:"minimum",params:{
comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err127]}else{vErrors.push(err127)}errors++}}if(typeof data57==="string"){if(!pattern3.
test(data57)){const err128={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/receive",schemaPath:"#/properties/domains/items/properties/networks/items\
/properties/receive/pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err128]}else{
vErrors.push(err128)}errors++}}}if(data54.send!==void 0){let data58=data54.send;if(!(typeof data58=="number"&&(!(data58%1)&&!isNaN(data58))&&isFinite(data58))&&
typeof data58!=="string"){const err129={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/send",schemaPath:"#/properties/domains/items/properties/netwo\
rks/items/properties/send/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.networks.items.properties.send.type},message:"must be i\
nteger,string"};if(vErrors===null){vErrors=[err129]}else{vErrors.push(err129)}errors++}if(typeof data58=="number"&&isFinite(data58)){if(data58<0||isNaN(data58)){
const err130={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/send",schemaPath:"#/properties/domains/items/properties/networks/items/properties/send/\
minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err130]}else{vErrors.push(err130)}errors++}}if(typeof data58===
"string"){if(!pattern3.test(data58)){const err131={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6+"/send",schemaPath:"#/properties/domains/items/prope\
rties/networks/items/properties/send/pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){
vErrors=[err131]}else{vErrors.push(err131)}errors++}}}}else{const err132={instancePath:instancePath+"/domains/"+i4+"/networks/"+i6,schemaPath:"#/properties/doma\
ins/items/properties/networks/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err132]}else{vErrors.push(
err132)}errors++}}}else{const err133={instancePath:instancePath+"/domains/"+i4+"/networks",schemaPath:"#/properties/domains/items/properties/networks/type",keyword:"\
type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err133]}else{vErrors.push(err133)}errors++}}if(data29.disks!==void 0){let data59=data29.
disks;if(Array.isArray(data59)){if(data59.length>16){const err134={instancePath:instancePath+"/domains/"+i4+"/disks",schemaPath:"#/properties/domains/items/prop\
erties/disks/maxItems",keyword:"maxItems",params:{limit:16},message:"must NOT have more than 16 items"};if(vErrors===null){vErrors=[err134]}else{vErrors.push(err134)}
errors++}const len6=data59.length;for(let i7=0;i7<len6;i7++){let data60=data59[i7];if(data60&&typeof data60=="object"&&!Array.isArray(data60)){if(data60.name===
void 0){const err135={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7,schemaPath:"#/properties/domains/items/properties/disks/items/required",keyword:"req\
uired",params:{missingProperty:"name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err135]}else{vErrors.push(err135)}errors++}for(const key12 in data60){
if(!(key12==="name"||key12==="readOnly"||key12==="size"||key12==="read"||key12==="write")){const err136={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7,schemaPath:"\
#/properties/domains/items/properties/disks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key12},message:"must NOT have \
additional properties"};if(vErrors===null){vErrors=[err136]}else{vErrors.push(err136)}errors++}}if(data60.name!==void 0){let data61=data60.name;if(typeof data61===
"string"){if(!pattern18.test(data61)){const err137={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/name",schemaPath:"#/properties/domains/items/propert\
ies/disks/items/properties/name/pattern",keyword:"pattern",params:{pattern:"^xvd[a-p]$"},message:'must match pattern "^xvd[a-p]$"'};if(vErrors===null){vErrors=[
err137]}else{vErrors.push(err137)}errors++}}else{const err138={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/name",schemaPath:"#/properties/domains/it\
ems/properties/disks/items/properties/name/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err138]}else{vErrors.
push(err138)}errors++}}if(data60.readOnly!==void 0){if(typeof data60.readOnly!=="boolean"){const err139={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"\
/readOnly",schemaPath:"#/properties/domains/items/properties/disks/items/properties/readOnly/type",keyword:"type",params:{type:"boolean"},message:"must be boole\
an"};if(vErrors===null){vErrors=[err139]}else{vErrors.push(err139)}errors++}}if(data60.size!==void 0){let data63=data60.size;if(!(typeof data63=="number"&&(!(data63%
1)&&!isNaN(data63))&&isFinite(data63))&&typeof data63!=="string"){const err140={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/size",schemaPath:"#/prop\
erties/domains/items/properties/disks/items/properties/size/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.disks.items.properties.
size.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err140]}else{vErrors.push(err140)}errors++}if(typeof data63=="number"&&isFinite(data63)){
if(data63<1||isNaN(data63)){const err141={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/size",schemaPath:"#/properties/domains/items/properties/disks/\
items/properties/size/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err141]}else{vErrors.push(
err141)}errors++}}if(typeof data63==="string"){if(!pattern0.test(data63)){const err142={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/size",schemaPath:"\
#/properties/domains/items/properties/disks/items/properties/size/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern \
"^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err142]}else{vErrors.push(err142)}errors++}}}if(data60.read!==void 0){let data64=data60.read;if(!(typeof data64==
"number"&&(!(data64%1)&&!isNaN(data64))&&isFinite(data64))&&typeof data64!=="string"){const err143={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/read",
schemaPath:"#/properties/domains/items/properties/disks/items/properties/read/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.disks.
items.properties.read.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err143]}else{vErrors.push(err143)}errors++}if(typeof data64=="number"&&
isFinite(data64)){if(data64<0||isNaN(data64)){const err144={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/read",schemaPath:"#/properties/domains/items\
/properties/disks/items/properties/read/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err144]}else{
vErrors.push(err144)}errors++}}if(typeof data64==="string"){if(!pattern3.test(data64)){const err145={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/rea\
d",schemaPath:"#/properties/domains/items/properties/disks/items/properties/read/pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match\
 pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err145]}else{vErrors.push(err145)}errors++}}}if(data60.write!==void 0){let data65=data60.write;if(!(typeof data65==
"number"&&(!(data65%1)&&!isNaN(data65))&&isFinite(data65))&&typeof data65!=="string"){const err146={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/writ\
e",schemaPath:"#/properties/domains/items/properties/disks/items/properties/write/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
disks.items.properties.write.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err146]}else{vErrors.push(err146)}errors++}if(typeof data65=="n\
umber"&&isFinite(data65)){if(data65<0||isNaN(data65)){const err147={instancePath:instancePath+"/domains/"+i4+"/disks/"+i7+"/write",schemaPath:"#/properties/doma\
ins/items/properties/disks/items/properties/write/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err147]}else{vErrors.push(err147)}errors++}}if(typeof data65==="string"){if(!pattern3.test(data65)){const err148={instancePath:instancePath+"/domains/"+i4+"/di\
sks/"+i7+"/write",schemaPath:"#/properties/domains/items/properties/disks/items/properties/write/pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'\
must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err148]}else{vErrors.push(err148)}errors++}}}}else{const err149={instancePath:instancePath+"/do\
mains/"+i4+"/disks/"+i7,schemaPath:"#/properties/domains/items/properties/disks/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===
null){vErrors=[err149]}else{vErrors.push(err149)}errors++}}}else{const err150={instancePath:instancePath+"/domains/"+i4+"/disks",schemaPath:"#/properties/domain\
s/items/properties/disks/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err150]}else{vErrors.push(err150)}errors++}}}else{
const err151={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains/items/type",keyword:"type",params:{type:"object"},message:"must be objec\
t"};if(vErrors===null){vErrors=[err151]}else{vErrors.push(err151)}errors++}}}else{const err152={instancePath:instancePath+"/domains",schemaPath:"#/properties/do\
mains/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err152]}else{vErrors.push(err152)}errors++}}}else{const err153={
instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err153]}else{vErrors.push(err153)}errors++}
validate10.errors=vErrors;return errors===0}export{stdin_default as default,validate};
