// @ts-nocheck
// Written by scripts/generate/validators.ts from src/scenario/schema.ts.
var __getOwnPropNames=Object.getOwnPropertyNames;var __commonJS=(cb,mod)=>function __require(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,
e}};var require_ucs2length=__commonJS({"node_modules/ajv/dist/runtime/ucs2length.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:true});
function ucs2length(str){const len=str.length;let length=0;let pos=0;let value;while(pos<len){length++;value=str.charCodeAt(pos++);if(value>=55296&&value<=56319&&
pos<len){value=str.charCodeAt(pos);if((value&64512)===56320)pos++}}return length}exports.default=ucs2length;ucs2length.code='require("ajv/dist/runtime/ucs2lengt\
h").default'}});var validate=validate21;var stdin_default=validate21;var schema6={"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://fauxen.invalid/scenario.sch\
ema.json","title":"Fauxen scenario","type":"object","additionalProperties":false,"definitions":{"size":{"type":["integer","string"],"minimum":1,"pattern":"^[1-9\
][0-9]*[KMGT]$"},"duration":{"type":["number","string"],"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},"rate":{"type":["integer","string"],"mi\
nimum":0,"pattern":"^[0-9]+[KMG]$"},"word":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"name":{"type":"string","pattern":"^[A-Za\
-z0-9_.+-]{1,64}$"},"console":{"type":["string","object"],"maxLength":65536,"additionalProperties":false,"properties":{"text":{"type":"string","maxLength":65536},
"prompt":{"type":"string","maxLength":65536},"shutdown":{"enum":["poweroff","reboot","crash"]},"answers":{"type":"array","maxItems":1e3,"items":{"type":"object",
"additionalProperties":false,"required":["line"],"properties":{"line":{"type":"string","maxLength":255},"say":{"type":"string","maxLength":65536},"shutdown":{"e\
num":["poweroff","reboot","crash"]}}}}}}},"properties":{"machine":{"type":"object","additionalProperties":false,"properties":{"cpus":{"type":"integer","minimum":1,
"maximum":4096},"memory":{"$ref":"#/definitions/size"},"cpu":{"enum":["recorded","amd","intel","amd-epyc","intel-xeon"]},"mhz":{"type":"number","exclusiveMinimu\
m":0},"uptime":{"$ref":"#/definitions/duration"}}},"pools":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["name","cpus"],"pro\
perties":{"name":{"$ref":"#/definitions/name"},"cpus":{"type":"array","items":{"type":"integer","minimum":0},"uniqueItems":true},"scheduler":{"enum":["credit","\
credit2","rtds","null","arinc653"]}}}},"built":{"type":"object","additionalProperties":false,"properties":{"console":{"$ref":"#/definitions/console"},"network":{
"type":"object","additionalProperties":false,"properties":{"receive":{"$ref":"#/definitions/rate"},"send":{"$ref":"#/definitions/rate"}}},"disk":{"type":"object",
"additionalProperties":false,"properties":{"read":{"$ref":"#/definitions/rate"},"write":{"$ref":"#/definitions/rate"}}}}},"domains":{"type":"array","maxItems":32e3,
"items":{"type":"object","additionalProperties":false,"required":["name","memory"],"properties":{"name":{"$ref":"#/definitions/name"},"type":{"enum":["pv","pvh",
"hvm"]},"uuid":{"type":"string","pattern":"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},"memory":{"type":["integer","string"],"minimum":1,"pattern":"^([1-9][0-\
9]*[KMGT]|.*[./].*)$"},"registers":{"type":["object","array"],"additionalProperties":{"$ref":"#/definitions/word"},"maxItems":512,"items":{"type":"object","addi\
tionalProperties":{"$ref":"#/definitions/word"}}},"maxMemory":{"$ref":"#/definitions/size"},"vcpus":{"type":"integer","minimum":1,"maximum":512},"maxVcpus":{"ty\
pe":"integer","minimum":1,"maximum":512},"state":{"enum":["running","idle","paused","shutdown","crashed"]},"load":{"type":"number","minimum":0,"maximum":1},"upt\
ime":{"$ref":"#/definitions/duration"},"cpuTime":{"$ref":"#/definitions/duration"},"weight":{"type":"integer","minimum":1,"maximum":65535},"cap":{"type":"intege\
r","minimum":0,"maximum":51200},"pool":{"$ref":"#/definitions/name"},"console":{"$ref":"#/definitions/console"},"networks":{"type":"array","maxItems":64,"items":{
"type":"object","additionalProperties":false,"properties":{"mac":{"type":"string","pattern":"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},"bridge":{"type":"string","pattern":"\
^[A-Za-z0-9_.-]{1,15}$"},"receive":{"$ref":"#/definitions/rate"},"send":{"$ref":"#/definitions/rate"}}}},"events":{"type":"array","maxItems":1e3,"items":{"type":"\
object","additionalProperties":false,"required":["kind"],"properties":{"kind":{"enum":["read","write","execute","register","msr","cpuid","breakpoint","request"]},
"vcpu":{"type":"integer","minimum":0},"at":{"type":"number","minimum":0},"every":{"type":"number","minimum":.001},"address":{"$ref":"#/definitions/word"},"linea\
r":{"$ref":"#/definitions/word"},"register":{"enum":["cr0","cr3","cr4"]},"msr":{"$ref":"#/definitions/word"},"value":{"$ref":"#/definitions/word"},"leaf":{"$ref":"\
#/definitions/word"},"subleaf":{"$ref":"#/definitions/word"}}}},"disks":{"type":"array","maxItems":16,"items":{"type":"object","additionalProperties":false,"req\
uired":["name"],"properties":{"name":{"type":"string","pattern":"^xvd[a-p]$"},"readOnly":{"type":"boolean"},"size":{"$ref":"#/definitions/size"},"read":{"$ref":"\
#/definitions/rate"},"write":{"$ref":"#/definitions/rate"}}}}}}}}};var schema7={"type":["integer","string"],"minimum":1,"pattern":"^[1-9][0-9]*[KMGT]$"};var pattern0=new RegExp(
"^[1-9][0-9]*[KMGT]$","u");function validate22(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;if(!(typeof data==
"number"&&(!(data%1)&&!isNaN(data))&&isFinite(data))&&typeof data!=="string"){const err0={instancePath,keyword:"type",params:{type:schema7.type},message:"must b\
e integer,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data=="number"&&isFinite(data)){if(data<1||isNaN(data)){const err1={
instancePath,keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}if(typeof data===
"string"){if(!pattern0.test(data)){const err2={instancePath,keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-9]*[K\
MGT]$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate22.errors=vErrors;return errors===0}var schema8={"type":["number","string"],
"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"};var pattern1=new RegExp("^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$","u");function validate24(data,{
instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;if(!(typeof data=="number"&&isFinite(data))&&typeof data!=="strin\
g"){const err0={instancePath,keyword:"type",params:{type:schema8.type},message:"must be number,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}
errors++}if(typeof data=="number"&&isFinite(data)){if(data<0||isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}if(typeof data==="string"){if(!pattern1.test(data)){const err2={instancePath,
keyword:"pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===
null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate24.errors=vErrors;return errors===0}var pattern2=new RegExp("^[A-Za-z0-9_.+-]{1,64}$","u");function validate26(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;
let errors=0;if(typeof data==="string"){if(!pattern2.test(data)){const err0={instancePath,keyword:"pattern",params:{pattern:"^[A-Za-z0-9_.+-]{1,64}$"},message:'\
must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}}else{const err1={instancePath,keyword:"type",
params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}validate26.errors=vErrors;return errors===0}
var schema10={"type":["string","object"],"maxLength":65536,"additionalProperties":false,"properties":{"text":{"type":"string","maxLength":65536},"prompt":{"type":"\
string","maxLength":65536},"shutdown":{"enum":["poweroff","reboot","crash"]},"answers":{"type":"array","maxItems":1e3,"items":{"type":"object","additionalProper\
ties":false,"required":["line"],"properties":{"line":{"type":"string","maxLength":255},"say":{"type":"string","maxLength":65536},"shutdown":{"enum":["poweroff",
"reboot","crash"]}}}}}};var func2=require_ucs2length().default;function validate28(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;
let errors=0;if(typeof data!=="string"&&!(data&&typeof data=="object"&&!Array.isArray(data))){const err0={instancePath,keyword:"type",params:{type:schema10.type},
message:"must be string,object"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data==="string"){if(func2(data)>65536){const err1={
instancePath,keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}
errors++}}if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data){if(!(key0==="text"||key0==="prompt"||key0==="shutdown"||key0==="answers")){
const err2={instancePath,keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};if(vErrors===null){vErrors=
[err2]}else{vErrors.push(err2)}errors++}}if(data.text!==void 0){let data0=data.text;if(typeof data0==="string"){if(func2(data0)>65536){const err3={instancePath:instancePath+
"/text",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err3]}else{vErrors.push(err3)}errors++}}else{
const err4={instancePath:instancePath+"/text",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err4]}else{vErrors.push(
err4)}errors++}}if(data.prompt!==void 0){let data1=data.prompt;if(typeof data1==="string"){if(func2(data1)>65536){const err5={instancePath:instancePath+"/prompt",
keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err5]}else{vErrors.push(err5)}errors++}}else{
const err6={instancePath:instancePath+"/prompt",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err6]}else{vErrors.push(
err6)}errors++}}if(data.shutdown!==void 0){let data2=data.shutdown;if(!(data2==="poweroff"||data2==="reboot"||data2==="crash")){const err7={instancePath:instancePath+
"/shutdown",keyword:"enum",params:{allowedValues:schema10.properties.shutdown.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=
[err7]}else{vErrors.push(err7)}errors++}}if(data.answers!==void 0){let data3=data.answers;if(Array.isArray(data3)){if(data3.length>1e3){const err8={instancePath:instancePath+
"/answers",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===null){vErrors=[err8]}else{vErrors.push(err8)}errors++}
const len0=data3.length;for(let i0=0;i0<len0;i0++){let data4=data3[i0];if(data4&&typeof data4=="object"&&!Array.isArray(data4)){if(data4.line===void 0){const err9={
instancePath:instancePath+"/answers/"+i0,keyword:"required",params:{missingProperty:"line"},message:"must have required property 'line'"};if(vErrors===null){vErrors=
[err9]}else{vErrors.push(err9)}errors++}for(const key1 in data4){if(!(key1==="line"||key1==="say"||key1==="shutdown")){const err10={instancePath:instancePath+"/\
answers/"+i0,keyword:"additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err10]}else{
vErrors.push(err10)}errors++}}if(data4.line!==void 0){let data5=data4.line;if(typeof data5==="string"){if(func2(data5)>255){const err11={instancePath:instancePath+
"/answers/"+i0+"/line",keyword:"maxLength",params:{limit:255},message:"must NOT have more than 255 characters"};if(vErrors===null){vErrors=[err11]}else{vErrors.
push(err11)}errors++}}else{const err12={instancePath:instancePath+"/answers/"+i0+"/line",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err12]}else{vErrors.push(err12)}errors++}}if(data4.say!==void 0){let data6=data4.say;if(typeof data6==="string"){if(func2(data6)>65536){const err13={
instancePath:instancePath+"/answers/"+i0+"/say",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){
vErrors=[err13]}else{vErrors.push(err13)}errors++}}else{const err14={instancePath:instancePath+"/answers/"+i0+"/say",keyword:"type",params:{type:"string"},message:"\
must be string"};if(vErrors===null){vErrors=[err14]}else{vErrors.push(err14)}errors++}}if(data4.shutdown!==void 0){let data7=data4.shutdown;if(!(data7==="powero\
ff"||data7==="reboot"||data7==="crash")){const err15={instancePath:instancePath+"/answers/"+i0+"/shutdown",keyword:"enum",params:{allowedValues:schema10.properties.
answers.items.properties.shutdown.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err15]}else{vErrors.push(err15)}errors++}}}else{
const err16={instancePath:instancePath+"/answers/"+i0,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err16]}else{vErrors.
push(err16)}errors++}}}else{const err17={instancePath:instancePath+"/answers",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=
[err17]}else{vErrors.push(err17)}errors++}}}validate28.errors=vErrors;return errors===0}var schema11={"type":["integer","string"],"minimum":0,"pattern":"^[0-9]+\
[KMG]$"};var pattern3=new RegExp("^[0-9]+[KMG]$","u");function validate30(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;
let errors=0;if(!(typeof data=="number"&&(!(data%1)&&!isNaN(data))&&isFinite(data))&&typeof data!=="string"){const err0={instancePath,keyword:"type",params:{type:schema11.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data=="number"&&isFinite(data)){if(data<0||
isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err1]}else{vErrors.
push(err1)}errors++}}if(typeof data==="string"){if(!pattern3.test(data)){const err2={instancePath,keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'mu\
st match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate30.errors=vErrors;return errors===0}var schema12={
"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"};var pattern6=new RegExp("^0x[0-9a-fA-F]{1,16}$","u");function validate36(data,{instancePath="",
parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;if(!(typeof data=="number"&&(!(data%1)&&!isNaN(data))&&isFinite(data))&&typeof data!==
"string"){const err0={instancePath,keyword:"type",params:{type:schema12.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(
err0)}errors++}if(typeof data=="number"&&isFinite(data)){if(data<0||isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}if(typeof data==="string"){if(!pattern6.test(data)){const err2={instancePath,
keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.
push(err2)}errors++}}validate36.errors=vErrors;return errors===0}var func7=Object.prototype.hasOwnProperty;var pattern4=new RegExp("^[0-9a-f]{8}(-[0-9a-f]{4}){3\
}-[0-9a-f]{12}$","u");var pattern5=new RegExp("^([1-9][0-9]*[KMGT]|.*[./].*)$","u");var pattern7=new RegExp("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$","u");var pattern8=new RegExp(
"^[A-Za-z0-9_.-]{1,15}$","u");var pattern9=new RegExp("^xvd[a-p]$","u");function validate21(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){
;let vErrors=null;let errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data){if(!(key0==="machine"||key0==="pools"||key0==="buil\
t"||key0==="domains")){const err0={instancePath,keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err0]}else{vErrors.push(err0)}errors++}}if(data.machine!==void 0){let data0=data.machine;if(data0&&typeof data0=="object"&&!Array.isArray(data0)){
for(const key1 in data0){if(!(key1==="cpus"||key1==="memory"||key1==="cpu"||key1==="mhz"||key1==="uptime")){const err1={instancePath:instancePath+"/machine",keyword:"\
additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}
errors++}}if(data0.cpus!==void 0){let data1=data0.cpus;if(!(typeof data1=="number"&&(!(data1%1)&&!isNaN(data1))&&isFinite(data1))){const err2={instancePath:instancePath+
"/machine/cpus",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}if(typeof data1==
"number"&&isFinite(data1)){if(data1>4096||isNaN(data1)){const err3={instancePath:instancePath+"/machine/cpus",keyword:"maximum",params:{comparison:"<=",limit:4096},
message:"must be <= 4096"};if(vErrors===null){vErrors=[err3]}else{vErrors.push(err3)}errors++}if(data1<1||isNaN(data1)){const err4={instancePath:instancePath+"/\
machine/cpus",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err4]}else{vErrors.push(err4)}errors++}}}if(data0.
memory!==void 0){if(!validate22(data0.memory,{instancePath:instancePath+"/machine/memory",parentData:data0,parentDataProperty:"memory",rootData})){vErrors=vErrors===
null?validate22.errors:vErrors.concat(validate22.errors);errors=vErrors.length}}if(data0.cpu!==void 0){let data3=data0.cpu;if(!(data3==="recorded"||data3==="amd"||
data3==="intel"||data3==="amd-epyc"||data3==="intel-xeon")){const err5={instancePath:instancePath+"/machine/cpu",keyword:"enum",params:{allowedValues:schema6.properties.
machine.properties.cpu.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err5]}else{vErrors.push(err5)}errors++}}if(data0.
mhz!==void 0){let data4=data0.mhz;if(typeof data4=="number"&&isFinite(data4)){if(data4<=0||isNaN(data4)){const err6={instancePath:instancePath+"/machine/mhz",keyword:"\
exclusiveMinimum",params:{comparison:">",limit:0},message:"must be > 0"};if(vErrors===null){vErrors=[err6]}else{vErrors.push(err6)}errors++}}else{const err7={instancePath:instancePath+
"/machine/mhz",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err7]}else{vErrors.push(err7)}errors++}}if(data0.uptime!==
void 0){if(!validate24(data0.uptime,{instancePath:instancePath+"/machine/uptime",parentData:data0,parentDataProperty:"uptime",rootData})){vErrors=vErrors===null?
validate24.errors:vErrors.concat(validate24.errors);errors=vErrors.length}}}else{const err8={instancePath:instancePath+"/machine",keyword:"type",params:{type:"o\
bject"},message:"must be object"};if(vErrors===null){vErrors=[err8]}else{vErrors.push(err8)}errors++}}if(data.pools!==void 0){let data6=data.pools;if(Array.isArray(
data6)){const len0=data6.length;for(let i0=0;i0<len0;i0++){let data7=data6[i0];if(data7&&typeof data7=="object"&&!Array.isArray(data7)){if(data7.name===void 0){
const err9={instancePath:instancePath+"/pools/"+i0,keyword:"required",params:{missingProperty:"name"},message:"must have required property 'name'"};if(vErrors===
null){vErrors=[err9]}else{vErrors.push(err9)}errors++}if(data7.cpus===void 0){const err10={instancePath:instancePath+"/pools/"+i0,keyword:"required",params:{missingProperty:"\
cpus"},message:"must have required property 'cpus'"};if(vErrors===null){vErrors=[err10]}else{vErrors.push(err10)}errors++}for(const key2 in data7){if(!(key2==="\
name"||key2==="cpus"||key2==="scheduler")){const err11={instancePath:instancePath+"/pools/"+i0,keyword:"additionalProperties",params:{additionalProperty:key2},message:"\
must NOT have additional properties"};if(vErrors===null){vErrors=[err11]}else{vErrors.push(err11)}errors++}}if(data7.name!==void 0){if(!validate26(data7.name,{instancePath:instancePath+
"/pools/"+i0+"/name",parentData:data7,parentDataProperty:"name",rootData})){vErrors=vErrors===null?validate26.errors:vErrors.concat(validate26.errors);errors=vErrors.
length}}if(data7.cpus!==void 0){let data9=data7.cpus;if(Array.isArray(data9)){const len1=data9.length;for(let i1=0;i1<len1;i1++){let data10=data9[i1];if(!(typeof data10==
"number"&&(!(data10%1)&&!isNaN(data10))&&isFinite(data10))){const err12={instancePath:instancePath+"/pools/"+i0+"/cpus/"+i1,keyword:"type",params:{type:"integer"},
message:"must be integer"};if(vErrors===null){vErrors=[err12]}else{vErrors.push(err12)}errors++}if(typeof data10=="number"&&isFinite(data10)){if(data10<0||isNaN(
data10)){const err13={instancePath:instancePath+"/pools/"+i0+"/cpus/"+i1,keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err13]}else{vErrors.push(err13)}errors++}}}let i2=data9.length;let j0;if(i2>1){const indices0={};for(;i2--;){let item0=data9[i2];if(!(typeof item0==
"number"&&(!(item0%1)&&!isNaN(item0))&&isFinite(item0))){continue}if(typeof indices0[item0]=="number"){j0=indices0[item0];const err14={instancePath:instancePath+
"/pools/"+i0+"/cpus",keyword:"uniqueItems",params:{i:i2,j:j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)"};if(vErrors===null){
vErrors=[err14]}else{vErrors.push(err14)}errors++;break}indices0[item0]=i2}}}else{const err15={instancePath:instancePath+"/pools/"+i0+"/cpus",keyword:"type",params:{
type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err15]}else{vErrors.push(err15)}errors++}}if(data7.scheduler!==void 0){let data11=data7.scheduler;
if(!(data11==="credit"||data11==="credit2"||data11==="rtds"||data11==="null"||data11==="arinc653")){const err16={instancePath:instancePath+"/pools/"+i0+"/schedu\
ler",keyword:"enum",params:{allowedValues:schema6.properties.pools.items.properties.scheduler.enum},message:"must be equal to one of the allowed values"};if(vErrors===
null){vErrors=[err16]}else{vErrors.push(err16)}errors++}}}else{const err17={instancePath:instancePath+"/pools/"+i0,keyword:"type",params:{type:"object"},message:"\
must be object"};if(vErrors===null){vErrors=[err17]}else{vErrors.push(err17)}errors++}}}else{const err18={instancePath:instancePath+"/pools",keyword:"type",params:{
type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err18]}else{vErrors.push(err18)}errors++}}if(data.built!==void 0){let data12=data.built;if(data12&&
typeof data12=="object"&&!Array.isArray(data12)){for(const key3 in data12){if(!(key3==="console"||key3==="network"||key3==="disk")){const err19={instancePath:instancePath+
"/built",keyword:"additionalProperties",params:{additionalProperty:key3},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err19]}else{
vErrors.push(err19)}errors++}}if(data12.console!==void 0){if(!validate28(data12.console,{instancePath:instancePath+"/built/console",parentData:data12,parentDataProperty:"\
console",rootData})){vErrors=vErrors===null?validate28.errors:vErrors.concat(validate28.errors);errors=vErrors.length}}if(data12.network!==void 0){let data14=data12.
network;if(data14&&typeof data14=="object"&&!Array.isArray(data14)){for(const key4 in data14){if(!(key4==="receive"||key4==="send")){const err20={instancePath:instancePath+
"/built/network",keyword:"additionalProperties",params:{additionalProperty:key4},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err20]}else{
vErrors.push(err20)}errors++}}if(data14.receive!==void 0){if(!validate30(data14.receive,{instancePath:instancePath+"/built/network/receive",parentData:data14,parentDataProperty:"\
receive",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=vErrors.length}}if(data14.send!==void 0){if(!validate30(data14.
send,{instancePath:instancePath+"/built/network/send",parentData:data14,parentDataProperty:"send",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(
validate30.errors);errors=vErrors.length}}}else{const err21={instancePath:instancePath+"/built/network",keyword:"type",params:{type:"object"},message:"must be o\
bject"};if(vErrors===null){vErrors=[err21]}else{vErrors.push(err21)}errors++}}if(data12.disk!==void 0){let data17=data12.disk;if(data17&&typeof data17=="object"&&
!Array.isArray(data17)){for(const key5 in data17){if(!(key5==="read"||key5==="write")){const err22={instancePath:instancePath+"/built/disk",keyword:"additionalP\
roperties",params:{additionalProperty:key5},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err22]}else{vErrors.push(err22)}errors++}}
if(data17.read!==void 0){if(!validate30(data17.read,{instancePath:instancePath+"/built/disk/read",parentData:data17,parentDataProperty:"read",rootData})){vErrors=
vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=vErrors.length}}if(data17.write!==void 0){if(!validate30(data17.write,{instancePath:instancePath+
"/built/disk/write",parentData:data17,parentDataProperty:"write",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=vErrors.
length}}}else{const err23={instancePath:instancePath+"/built/disk",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err23]}else{
vErrors.push(err23)}errors++}}}else{const err24={instancePath:instancePath+"/built",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===
null){vErrors=[err24]}else{vErrors.push(err24)}errors++}}if(data.domains!==void 0){let data20=data.domains;if(Array.isArray(data20)){if(data20.length>32e3){const err25={
instancePath:instancePath+"/domains",keyword:"maxItems",params:{limit:32e3},message:"must NOT have more than 32000 items"};if(vErrors===null){vErrors=[err25]}else{
vErrors.push(err25)}errors++}const len2=data20.length;for(let i3=0;i3<len2;i3++){let data21=data20[i3];if(data21&&typeof data21=="object"&&!Array.isArray(data21)){
if(data21.name===void 0){const err26={instancePath:instancePath+"/domains/"+i3,keyword:"required",params:{missingProperty:"name"},message:"must have required pr\
operty 'name'"};if(vErrors===null){vErrors=[err26]}else{vErrors.push(err26)}errors++}if(data21.memory===void 0){const err27={instancePath:instancePath+"/domains\
/"+i3,keyword:"required",params:{missingProperty:"memory"},message:"must have required property 'memory'"};if(vErrors===null){vErrors=[err27]}else{vErrors.push(
err27)}errors++}for(const key6 in data21){if(!func7.call(schema6.properties.domains.items.properties,key6)){const err28={instancePath:instancePath+"/domains/"+i3,
keyword:"additionalProperties",params:{additionalProperty:key6},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err28]}else{vErrors.push(
err28)}errors++}}if(data21.name!==void 0){if(!validate26(data21.name,{instancePath:instancePath+"/domains/"+i3+"/name",parentData:data21,parentDataProperty:"nam\
e",rootData})){vErrors=vErrors===null?validate26.errors:vErrors.concat(validate26.errors);errors=vErrors.length}}if(data21.type!==void 0){let data23=data21.type;
if(!(data23==="pv"||data23==="pvh"||data23==="hvm")){const err29={instancePath:instancePath+"/domains/"+i3+"/type",keyword:"enum",params:{allowedValues:schema6.
properties.domains.items.properties.type.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err29]}else{vErrors.push(err29)}
errors++}}if(data21.uuid!==void 0){let data24=data21.uuid;if(typeof data24==="string"){if(!pattern4.test(data24)){const err30={instancePath:instancePath+"/domai\
ns/"+i3+"/uuid",keyword:"pattern",params:{pattern:"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},message:'must match pattern "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9\
a-f]{12}$"'};if(vErrors===null){vErrors=[err30]}else{vErrors.push(err30)}errors++}}else{const err31={instancePath:instancePath+"/domains/"+i3+"/uuid",keyword:"t\
ype",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err31]}else{vErrors.push(err31)}errors++}}if(data21.memory!==void 0){let data25=data21.
memory;if(!(typeof data25=="number"&&(!(data25%1)&&!isNaN(data25))&&isFinite(data25))&&typeof data25!=="string"){const err32={instancePath:instancePath+"/domain\
s/"+i3+"/memory",keyword:"type",params:{type:schema6.properties.domains.items.properties.memory.type},message:"must be integer,string"};if(vErrors===null){vErrors=
[err32]}else{vErrors.push(err32)}errors++}if(typeof data25=="number"&&isFinite(data25)){if(data25<1||isNaN(data25)){const err33={instancePath:instancePath+"/dom\
ains/"+i3+"/memory",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err33]}else{vErrors.push(err33)}errors++}}
if(typeof data25==="string"){if(!pattern5.test(data25)){const err34={instancePath:instancePath+"/domains/"+i3+"/memory",keyword:"pattern",params:{pattern:"^([1-\
9][0-9]*[KMGT]|.*[./].*)$"},message:'must match pattern "^([1-9][0-9]*[KMGT]|.*[./].*)$"'};if(vErrors===null){vErrors=[err34]}else{vErrors.push(err34)}errors++}}}
if(data21.registers!==void 0){let data26=data21.registers;if(!data26||typeof data26!="object"){const err35={instancePath:instancePath+"/domains/"+i3+"/registers",
keyword:"type",params:{type:schema6.properties.domains.items.properties.registers.type},message:"must be object,array"};if(vErrors===null){vErrors=[err35]}else{
vErrors.push(err35)}errors++}if(Array.isArray(data26)){if(data26.length>512){const err36={instancePath:instancePath+"/domains/"+i3+"/registers",keyword:"maxItem\
s",params:{limit:512},message:"must NOT have more than 512 items"};if(vErrors===null){vErrors=[err36]}else{vErrors.push(err36)}errors++}const len3=data26.length;
for(let i4=0;i4<len3;i4++){let data27=data26[i4];if(data27&&typeof data27=="object"&&!Array.isArray(data27)){for(const key7 in data27){if(!validate36(data27[key7],
{instancePath:instancePath+"/domains/"+i3+"/registers/"+i4+"/"+key7.replace(/~/g,"~0").replace(/\//g,"~1"),parentData:data27,parentDataProperty:key7,rootData})){
vErrors=vErrors===null?validate36.errors:vErrors.concat(validate36.errors);errors=vErrors.length}}}else{const err37={instancePath:instancePath+"/domains/"+i3+"/\
registers/"+i4,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err37]}else{vErrors.push(err37)}errors++}}}if(data26&&
typeof data26=="object"&&!Array.isArray(data26)){for(const key8 in data26){if(!validate36(data26[key8],{instancePath:instancePath+"/domains/"+i3+"/registers/"+key8.
replace(/~/g,"~0").replace(/\//g,"~1"),parentData:data26,parentDataProperty:key8,rootData})){vErrors=vErrors===null?validate36.errors:vErrors.concat(validate36.
errors);errors=vErrors.length}}}}if(data21.maxMemory!==void 0){if(!validate22(data21.maxMemory,{instancePath:instancePath+"/domains/"+i3+"/maxMemory",parentData:data21,
parentDataProperty:"maxMemory",rootData})){vErrors=vErrors===null?validate22.errors:vErrors.concat(validate22.errors);errors=vErrors.length}}if(data21.vcpus!==void 0){
let data31=data21.vcpus;if(!(typeof data31=="number"&&(!(data31%1)&&!isNaN(data31))&&isFinite(data31))){const err38={instancePath:instancePath+"/domains/"+i3+"/\
vcpus",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err38]}else{vErrors.push(err38)}errors++}if(typeof data31==
"number"&&isFinite(data31)){if(data31>512||isNaN(data31)){const err39={instancePath:instancePath+"/domains/"+i3+"/vcpus",keyword:"maximum",params:{comparison:"<\
=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err39]}else{vErrors.push(err39)}errors++}if(data31<1||isNaN(data31)){const err40={instancePath:instancePath+
"/domains/"+i3+"/vcpus",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err40]}else{vErrors.push(err40)}errors++}}}
if(data21.maxVcpus!==void 0){let data32=data21.maxVcpus;if(!(typeof data32=="number"&&(!(data32%1)&&!isNaN(data32))&&isFinite(data32))){const err41={instancePath:instancePath+
"/domains/"+i3+"/maxVcpus",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err41]}else{vErrors.push(err41)}errors++}
if(typeof data32=="number"&&isFinite(data32)){if(data32>512||isNaN(data32)){const err42={instancePath:instancePath+"/domains/"+i3+"/maxVcpus",keyword:"maximum",
params:{comparison:"<=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err42]}else{vErrors.push(err42)}errors++}if(data32<1||isNaN(data32)){const err43={
instancePath:instancePath+"/domains/"+i3+"/maxVcpus",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err43]}else{
vErrors.push(err43)}errors++}}}if(data21.state!==void 0){let data33=data21.state;if(!(data33==="running"||data33==="idle"||data33==="paused"||data33==="shutdown"||
data33==="crashed")){const err44={instancePath:instancePath+"/domains/"+i3+"/state",keyword:"enum",params:{allowedValues:schema6.properties.domains.items.properties.
state.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err44]}else{vErrors.push(err44)}errors++}}if(data21.load!==void 0){
let data34=data21.load;if(typeof data34=="number"&&isFinite(data34)){if(data34>1||isNaN(data34)){const err45={instancePath:instancePath+"/domains/"+i3+"/load",keyword:"\
maximum",params:{comparison:"<=",limit:1},message:"must be <= 1"};if(vErrors===null){vErrors=[err45]}else{vErrors.push(err45)}errors++}if(data34<0||isNaN(data34)){
const err46={instancePath:instancePath+"/domains/"+i3+"/load",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err46]}else{vErrors.push(err46)}errors++}}else{const err47={instancePath:instancePath+"/domains/"+i3+"/load",keyword:"type",params:{type:"number"},message:"mus\
t be number"};if(vErrors===null){vErrors=[err47]}else{vErrors.push(err47)}errors++}}if(data21.uptime!==void 0){if(!validate24(data21.uptime,{instancePath:instancePath+
"/domains/"+i3+"/uptime",parentData:data21,parentDataProperty:"uptime",rootData})){vErrors=vErrors===null?validate24.errors:vErrors.concat(validate24.errors);errors=
vErrors.length}}if(data21.cpuTime!==void 0){if(!validate24(data21.cpuTime,{instancePath:instancePath+"/domains/"+i3+"/cpuTime",parentData:data21,parentDataProperty:"\
cpuTime",rootData})){vErrors=vErrors===null?validate24.errors:vErrors.concat(validate24.errors);errors=vErrors.length}}if(data21.weight!==void 0){let data37=data21.
weight;if(!(typeof data37=="number"&&(!(data37%1)&&!isNaN(data37))&&isFinite(data37))){const err48={instancePath:instancePath+"/domains/"+i3+"/weight",keyword:"\
type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err48]}else{vErrors.push(err48)}errors++}if(typeof data37=="number"&&isFinite(
data37)){if(data37>65535||isNaN(data37)){const err49={instancePath:instancePath+"/domains/"+i3+"/weight",keyword:"maximum",params:{comparison:"<=",limit:65535},
message:"must be <= 65535"};if(vErrors===null){vErrors=[err49]}else{vErrors.push(err49)}errors++}if(data37<1||isNaN(data37)){const err50={instancePath:instancePath+
"/domains/"+i3+"/weight",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err50]}else{vErrors.push(err50)}
errors++}}}if(data21.cap!==void 0){let data38=data21.cap;if(!(typeof data38=="number"&&(!(data38%1)&&!isNaN(data38))&&isFinite(data38))){const err51={instancePath:instancePath+
"/domains/"+i3+"/cap",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err51]}else{vErrors.push(err51)}errors++}if(typeof data38==
"number"&&isFinite(data38)){if(data38>51200||isNaN(data38)){const err52={instancePath:instancePath+"/domains/"+i3+"/cap",keyword:"maximum",params:{comparison:"<\
=",limit:51200},message:"must be <= 51200"};if(vErrors===null){vErrors=[err52]}else{vErrors.push(err52)}errors++}if(data38<0||isNaN(data38)){const err53={instancePath:instancePath+
"/domains/"+i3+"/cap",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err53]}else{vErrors.push(err53)}errors++}}}
if(data21.pool!==void 0){if(!validate26(data21.pool,{instancePath:instancePath+"/domains/"+i3+"/pool",parentData:data21,parentDataProperty:"pool",rootData})){vErrors=
vErrors===null?validate26.errors:vErrors.concat(validate26.errors);errors=vErrors.length}}if(data21.console!==void 0){if(!validate28(data21.console,{instancePath:instancePath+
"/domains/"+i3+"/console",parentData:data21,parentDataProperty:"console",rootData})){vErrors=vErrors===null?validate28.errors:vErrors.concat(validate28.errors);
errors=vErrors.length}}if(data21.networks!==void 0){let data41=data21.networks;if(Array.isArray(data41)){if(data41.length>64){const err54={instancePath:instancePath+
"/domains/"+i3+"/networks",keyword:"maxItems",params:{limit:64},message:"must NOT have more than 64 items"};if(vErrors===null){vErrors=[err54]}else{vErrors.push(
err54)}errors++}const len4=data41.length;for(let i5=0;i5<len4;i5++){let data42=data41[i5];if(data42&&typeof data42=="object"&&!Array.isArray(data42)){for(const key9 in data42){
if(!(key9==="mac"||key9==="bridge"||key9==="receive"||key9==="send")){const err55={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5,keyword:"additionalP\
roperties",params:{additionalProperty:key9},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err55]}else{vErrors.push(err55)}errors++}}
if(data42.mac!==void 0){let data43=data42.mac;if(typeof data43==="string"){if(!pattern7.test(data43)){const err56={instancePath:instancePath+"/domains/"+i3+"/ne\
tworks/"+i5+"/mac",keyword:"pattern",params:{pattern:"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},message:'must match pattern "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"'};if(vErrors===
null){vErrors=[err56]}else{vErrors.push(err56)}errors++}}else{const err57={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/mac",keyword:"type",params:{
type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err57]}else{vErrors.push(err57)}errors++}}if(data42.bridge!==void 0){let data44=data42.bridge;
if(typeof data44==="string"){if(!pattern8.test(data44)){const err58={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/bridge",keyword:"pattern",params:{
pattern:"^[A-Za-z0-9_.-]{1,15}$"},message:'must match pattern "^[A-Za-z0-9_.-]{1,15}$"'};if(vErrors===null){vErrors=[err58]}else{vErrors.push(err58)}errors++}}else{
const err59={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/bridge",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err59]}else{vErrors.push(err59)}errors++}}if(data42.receive!==void 0){if(!validate30(data42.receive,{instancePath:instancePath+"/domains/"+i3+"/network\
s/"+i5+"/receive",parentData:data42,parentDataProperty:"receive",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=vErrors.
length}}if(data42.send!==void 0){if(!validate30(data42.send,{instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/send",parentData:data42,parentDataProperty:"\
send",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=vErrors.length}}}else{const err60={instancePath:instancePath+
"/domains/"+i3+"/networks/"+i5,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err60]}else{vErrors.push(err60)}errors++}}}else{
const err61={instancePath:instancePath+"/domains/"+i3+"/networks",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err61]}else{
vErrors.push(err61)}errors++}}if(data21.events!==void 0){let data47=data21.events;if(Array.isArray(data47)){if(data47.length>1e3){const err62={instancePath:instancePath+
"/domains/"+i3+"/events",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===null){vErrors=[err62]}else{vErrors.push(
err62)}errors++}const len5=data47.length;for(let i6=0;i6<len5;i6++){let data48=data47[i6];if(data48&&typeof data48=="object"&&!Array.isArray(data48)){if(data48.
kind===void 0){const err63={instancePath:instancePath+"/domains/"+i3+"/events/"+i6,keyword:"required",params:{missingProperty:"kind"},message:"must have require\
d property 'kind'"};if(vErrors===null){vErrors=[err63]}else{vErrors.push(err63)}errors++}for(const key10 in data48){if(!func7.call(schema6.properties.domains.items.
properties.events.items.properties,key10)){const err64={instancePath:instancePath+"/domains/"+i3+"/events/"+i6,keyword:"additionalProperties",params:{additionalProperty:key10},
message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err64]}else{vErrors.push(err64)}errors++}}if(data48.kind!==void 0){let data49=data48.
kind;if(!(data49==="read"||data49==="write"||data49==="execute"||data49==="register"||data49==="msr"||data49==="cpuid"||data49==="breakpoint"||data49==="request")){
const err65={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/kind",keyword:"enum",params:{allowedValues:schema6.properties.domains.items.properties.events.
items.properties.kind.enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err65]}else{vErrors.push(err65)}errors++}}if(data48.
vcpu!==void 0){let data50=data48.vcpu;if(!(typeof data50=="number"&&(!(data50%1)&&!isNaN(data50))&&isFinite(data50))){const err66={instancePath:instancePath+"/d\
omains/"+i3+"/events/"+i6+"/vcpu",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err66]}else{vErrors.push(err66)}
errors++}if(typeof data50=="number"&&isFinite(data50)){if(data50<0||isNaN(data50)){const err67={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/vcpu",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err67]}else{vErrors.push(err67)}errors++}}}if(data48.at!==void 0){
let data51=data48.at;if(typeof data51=="number"&&isFinite(data51)){if(data51<0||isNaN(data51)){const err68={instancePath:instancePath+"/domains/"+i3+"/events/"+
i6+"/at",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err68]}else{vErrors.push(err68)}errors++}}else{const err69={
instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/at",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err69]}else{
vErrors.push(err69)}errors++}}if(data48.every!==void 0){let data52=data48.every;if(typeof data52=="number"&&isFinite(data52)){if(data52<.001||isNaN(data52)){const err70={
instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/every",keyword:"minimum",params:{comparison:">=",limit:.001},message:"must be >= 0.001"};if(vErrors===null){
vErrors=[err70]}else{vErrors.push(err70)}errors++}}else{const err71={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/every",keyword:"type",params:{type:"\
number"},message:"must be number"};if(vErrors===null){vErrors=[err71]}else{vErrors.push(err71)}errors++}}if(data48.address!==void 0){if(!validate36(data48.address,
{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/address",parentData:data48,parentDataProperty:"address",rootData})){vErrors=vErrors===null?validate36.
errors:vErrors.concat(validate36.errors);errors=vErrors.length}}if(data48.linear!==void 0){if(!validate36(data48.linear,{instancePath:instancePath+"/domains/"+i3+
"/events/"+i6+"/linear",parentData:data48,parentDataProperty:"linear",rootData})){vErrors=vErrors===null?validate36.errors:vErrors.concat(validate36.errors);errors=
vErrors.length}}if(data48.register!==void 0){let data55=data48.register;if(!(data55==="cr0"||data55==="cr3"||data55==="cr4")){const err72={instancePath:instancePath+
"/domains/"+i3+"/events/"+i6+"/register",keyword:"enum",params:{allowedValues:schema6.properties.domains.items.properties.events.items.properties.register.enum},
message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err72]}else{vErrors.push(err72)}errors++}}if(data48.msr!==void 0){if(!validate36(
data48.msr,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/msr",parentData:data48,parentDataProperty:"msr",rootData})){vErrors=vErrors===null?validate36.
errors:vErrors.concat(validate36.errors);errors=vErrors.length}}if(data48.value!==void 0){if(!validate36(data48.value,{instancePath:instancePath+"/domains/"+i3+
"/events/"+i6+"/value",parentData:data48,parentDataProperty:"value",rootData})){vErrors=vErrors===null?validate36.errors:vErrors.concat(validate36.errors);errors=
vErrors.length}}if(data48.leaf!==void 0){if(!validate36(data48.leaf,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/leaf",parentData:data48,parentDataProperty:"\
leaf",rootData})){vErrors=vErrors===null?validate36.errors:vErrors.concat(validate36.errors);errors=vErrors.length}}if(data48.subleaf!==void 0){if(!validate36(data48.
subleaf,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/subleaf",parentData:data48,parentDataProperty:"subleaf",rootData})){vErrors=vErrors===null?validate36.
errors:vErrors.concat(validate36.errors);errors=vErrors.length}}}else{const err73={instancePath:instancePath+"/domains/"+i3+"/events/"+i6,keyword:"type",params:{
type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err73]}else{vErrors.push(err73)}errors++}}}else{const err74={instancePath:instancePath+"/do\
mains/"+i3+"/events",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err74]}else{vErrors.push(err74)}errors++}}if(data21.
disks!==void 0){let data60=data21.disks;if(Array.isArray(data60)){if(data60.length>16){const err75={instancePath:instancePath+"/domains/"+i3+"/disks",keyword:"m\
axItems",params:{limit:16},message:"must NOT have more than 16 items"};if(vErrors===null){vErrors=[err75]}else{vErrors.push(err75)}errors++}const len6=data60.length;
for(let i7=0;i7<len6;i7++){let data61=data60[i7];if(data61&&typeof data61=="object"&&!Array.isArray(data61)){if(data61.name===void 0){const err76={instancePath:instancePath+
"/domains/"+i3+"/disks/"+i7,keyword:"required",params:{missingProperty:"name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err76]}else{
vErrors.push(err76)}errors++}for(const key11 in data61){if(!(key11==="name"||key11==="readOnly"||key11==="size"||key11==="read"||key11==="write")){const err77={
instancePath:instancePath+"/domains/"+i3+"/disks/"+i7,keyword:"additionalProperties",params:{additionalProperty:key11},message:"must NOT have additional propert\
ies"};if(vErrors===null){vErrors=[err77]}else{vErrors.push(err77)}errors++}}if(data61.name!==void 0){let data62=data61.name;if(typeof data62==="string"){if(!pattern9.
test(data62)){const err78={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/name",keyword:"pattern",params:{pattern:"^xvd[a-p]$"},message:'must match pat\
tern "^xvd[a-p]$"'};if(vErrors===null){vErrors=[err78]}else{vErrors.push(err78)}errors++}}else{const err79={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+
"/name",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err79]}else{vErrors.push(err79)}errors++}}if(data61.readOnly!==
void 0){if(typeof data61.readOnly!=="boolean"){const err80={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/readOnly",keyword:"type",params:{type:"boole\
an"},message:"must be boolean"};if(vErrors===null){vErrors=[err80]}else{vErrors.push(err80)}errors++}}if(data61.size!==void 0){if(!validate22(data61.size,{instancePath:instancePath+
"/domains/"+i3+"/disks/"+i7+"/size",parentData:data61,parentDataProperty:"size",rootData})){vErrors=vErrors===null?validate22.errors:vErrors.concat(validate22.errors);
errors=vErrors.length}}if(data61.read!==void 0){if(!validate30(data61.read,{instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/read",parentData:data61,parentDataProperty:"\
read",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=vErrors.length}}if(data61.write!==void 0){if(!validate30(data61.
write,{instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/write",parentData:data61,parentDataProperty:"write",rootData})){vErrors=vErrors===null?validate30.
errors:vErrors.concat(validate30.errors);errors=vErrors.length}}}else{const err81={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7,keyword:"type",params:{
type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err81]}else{vErrors.push(err81)}errors++}}}else{const err82={instancePath:instancePath+"/do\
mains/"+i3+"/disks",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err82]}else{vErrors.push(err82)}errors++}}}else{const err83={
instancePath:instancePath+"/domains/"+i3,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err83]}else{vErrors.push(err83)}
errors++}}}else{const err84={instancePath:instancePath+"/domains",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err84]}else{
vErrors.push(err84)}errors++}}}else{const err85={instancePath,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err85]}else{
vErrors.push(err85)}errors++}validate21.errors=vErrors;return errors===0}export{stdin_default as default,validate};
