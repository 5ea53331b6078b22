// @ts-nocheck
// Written by scripts/generate/validators.ts from src/scenario/schema.ts.
var __getOwnPropNames=Object.getOwnPropertyNames;var __commonJS=(cb,mod)=>function __require(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,
e}};var require_ucs2length=__commonJS({"node_modules/ajv/dist/runtime/ucs2length.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:true});
function ucs2length(str){const len=str.length;let length=0;let pos=0;let value;while(pos<len){length++;value=str.charCodeAt(pos++);if(value>=55296&&value<=56319&&
pos<len){value=str.charCodeAt(pos);if((value&64512)===56320)pos++}}return length}exports.default=ucs2length;ucs2length.code='require("ajv/dist/runtime/ucs2lengt\
h").default'}});var validate=validate21;var stdin_default=validate21;var pattern0=new RegExp("^[1-9][0-9]*[KMGT]$","u");function validate22(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;
if(!(typeof data=="number"&&(!(data%1)&&!isNaN(data))&&isFinite(data))&&typeof data!=="string"){const err0={instancePath,keyword:"type",params:{type:["integer",
"string"]},message:"must be integer,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data=="number"&&isFinite(data)){if(data<
1||isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err1]}else{vErrors.
push(err1)}errors++}}if(typeof data==="string"){if(!pattern0.test(data)){const err2={instancePath,keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'\
must match pattern "^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate22.errors=vErrors;return errors===0}var pattern1=new RegExp("^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$","u");function validate24(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){
let vErrors=null;let errors=0;if(!(typeof data=="number"&&isFinite(data))&&typeof data!=="string"){const err0={instancePath,keyword:"type",params:{type:["number",
"string"]},message:"must be number,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data=="number"&&isFinite(data)){if(data<
0||isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err1]}else{vErrors.
push(err1)}errors++}}if(typeof data==="string"){if(!pattern1.test(data)){const err2={instancePath,keyword:"pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?\
(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate24.
errors=vErrors;return errors===0}var pattern2=new RegExp("^[A-Za-z0-9_.+-]{1,64}$","u");function validate26(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;
let errors=0;if(typeof data==="string"){if(!pattern2.test(data)){const err0={instancePath,keyword:"pattern",params:{pattern:"^[A-Za-z0-9_.+-]{1,64}$"},message:'\
must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}}else{const err1={instancePath,keyword:"type",
params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}validate26.errors=vErrors;return errors===0}var func2=require_ucs2length().default;function validate28(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;
if(typeof data!=="string"&&!(data&&typeof data=="object"&&!Array.isArray(data))){const err0={instancePath,keyword:"type",params:{type:["string","object"]},message:"\
must be string,object"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data==="string"){if(func2(data)>65536){const err1={instancePath,
keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}
if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data){if(!(key0==="text"||key0==="prompt"||key0==="shutdown"||key0==="answers")){const err2={
instancePath,keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err2]}else{
vErrors.push(err2)}errors++}}if(data.text!==void 0){let data0=data.text;if(typeof data0==="string"){if(func2(data0)>65536){const err3={instancePath:instancePath+
"/text",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err3]}else{vErrors.push(err3)}errors++}}else{
const err4={instancePath:instancePath+"/text",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err4]}else{vErrors.push(
err4)}errors++}}if(data.prompt!==void 0){let data1=data.prompt;if(typeof data1==="string"){if(func2(data1)>65536){const err5={instancePath:instancePath+"/prompt",
keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err5]}else{vErrors.push(err5)}errors++}}else{
const err6={instancePath:instancePath+"/prompt",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err6]}else{vErrors.push(
err6)}errors++}}if(data.shutdown!==void 0){let data2=data.shutdown;if(!(data2==="poweroff"||data2==="reboot"||data2==="crash")){const err7={instancePath:instancePath+
"/shutdown",keyword:"enum",params:{allowedValues:["poweroff","reboot","crash"]},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=
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
ff"||data7==="reboot"||data7==="crash")){const err15={instancePath:instancePath+"/answers/"+i0+"/shutdown",keyword:"enum",params:{allowedValues:["poweroff","reb\
oot","crash"]},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err15]}else{vErrors.push(err15)}errors++}}}else{const err16={instancePath:instancePath+
"/answers/"+i0,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err16]}else{vErrors.push(err16)}errors++}}}else{const err17={
instancePath:instancePath+"/answers",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err17]}else{vErrors.push(err17)}errors++}}}
validate28.errors=vErrors;return errors===0}var pattern3=new RegExp("^[0-9]+[KMG]$","u");function validate31(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;
if(!(typeof data=="number"&&(!(data%1)&&!isNaN(data))&&isFinite(data))&&typeof data!=="string"){const err0={instancePath,keyword:"type",params:{type:["integer",
"string"]},message:"must be integer,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data=="number"&&isFinite(data)){if(data<
0||isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err1]}else{vErrors.
push(err1)}errors++}}if(typeof data==="string"){if(!pattern3.test(data)){const err2={instancePath,keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'mu\
st match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate31.errors=vErrors;return errors===0}var pattern4=new RegExp("^0x[0-9a-fA-F]{1,16}$","u");function validate33(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;
let errors=0;if(!(typeof data=="number"&&(!(data%1)&&!isNaN(data))&&isFinite(data))&&typeof data!=="string"){const err0={instancePath,keyword:"type",params:{type:[
"integer","string"]},message:"must be integer,string"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(typeof data=="number"&&isFinite(data)){
if(data<0||isNaN(data)){const err1={instancePath,keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err1]}else{
vErrors.push(err1)}errors++}}if(typeof data==="string"){if(!pattern4.test(data)){const err2={instancePath,keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16\
}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}}validate33.errors=vErrors;return errors===
0}function validate30(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null;let errors=0;if(data&&typeof data=="object"&&!Array.
isArray(data)){if(data.rate===void 0){const err0={instancePath,keyword:"required",params:{missingProperty:"rate"},message:"must have required property 'rate'"};
if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}for(const key0 in data){if(!(key0==="rate"||key0==="address"||key0==="size")){const err1={instancePath,
keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(
err1)}errors++}}if(data.rate!==void 0){if(!validate31(data.rate,{instancePath:instancePath+"/rate",parentData:data,parentDataProperty:"rate",rootData})){vErrors=
vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.length}}if(data.address!==void 0){if(!validate33(data.address,{instancePath:instancePath+
"/address",parentData:data,parentDataProperty:"address",rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.errors);errors=vErrors.length}}
if(data.size!==void 0){if(!validate22(data.size,{instancePath:instancePath+"/size",parentData:data,parentDataProperty:"size",rootData})){vErrors=vErrors===null?
validate22.errors:vErrors.concat(validate22.errors);errors=vErrors.length}}}else{const err2={instancePath,keyword:"type",params:{type:"object"},message:"must be\
 object"};if(vErrors===null){vErrors=[err2]}else{vErrors.push(err2)}errors++}validate30.errors=vErrors;return errors===0}var func7=Object.prototype.hasOwnProperty;
var pattern5=new RegExp("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$","u");var pattern6=new RegExp("^([1-9][0-9]*[KMGT]|.*[./].*)$","u");var pattern7=new RegExp(
"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$","u");var pattern8=new RegExp("^[A-Za-z0-9_.-]{1,15}$","u");var pattern9=new RegExp("^xvd[a-p]$","u");function validate21(data,{
instancePath="",parentData,parentDataProperty,rootData=data}={}){;let vErrors=null;let errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data){
if(!(key0==="machine"||key0==="pools"||key0==="built"||key0==="domains")){const err0={instancePath,keyword:"additionalProperties",params:{additionalProperty:key0},
message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}}if(data.machine!==void 0){let data0=data.machine;
if(data0&&typeof data0=="object"&&!Array.isArray(data0)){for(const key1 in data0){if(!(key1==="cpus"||key1==="memory"||key1==="cpu"||key1==="mhz"||key1==="uptim\
e")){const err1={instancePath:instancePath+"/machine",keyword:"additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional properti\
es"};if(vErrors===null){vErrors=[err1]}else{vErrors.push(err1)}errors++}}if(data0.cpus!==void 0){let data1=data0.cpus;if(!(typeof data1=="number"&&(!(data1%1)&&
!isNaN(data1))&&isFinite(data1))){const err2={instancePath:instancePath+"/machine/cpus",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===
null){vErrors=[err2]}else{vErrors.push(err2)}errors++}if(typeof data1=="number"&&isFinite(data1)){if(data1>4096||isNaN(data1)){const err3={instancePath:instancePath+
"/machine/cpus",keyword:"maximum",params:{comparison:"<=",limit:4096},message:"must be <= 4096"};if(vErrors===null){vErrors=[err3]}else{vErrors.push(err3)}errors++}
if(data1<1||isNaN(data1)){const err4={instancePath:instancePath+"/machine/cpus",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===
null){vErrors=[err4]}else{vErrors.push(err4)}errors++}}}if(data0.memory!==void 0){if(!validate22(data0.memory,{instancePath:instancePath+"/machine/memory",parentData:data0,
parentDataProperty:"memory",rootData})){vErrors=vErrors===null?validate22.errors:vErrors.concat(validate22.errors);errors=vErrors.length}}if(data0.cpu!==void 0){
let data3=data0.cpu;if(!(data3==="recorded"||data3==="amd"||data3==="intel"||data3==="amd-epyc"||data3==="intel-xeon")){const err5={instancePath:instancePath+"/\
machine/cpu",keyword:"enum",params:{allowedValues:["recorded","amd","intel","amd-epyc","intel-xeon"]},message:"must be equal to one of the allowed values"};if(vErrors===
null){vErrors=[err5]}else{vErrors.push(err5)}errors++}}if(data0.mhz!==void 0){let data4=data0.mhz;if(typeof data4=="number"&&isFinite(data4)){if(data4<=0||isNaN(
data4)){const err6={instancePath:instancePath+"/machine/mhz",keyword:"exclusiveMinimum",params:{comparison:">",limit:0},message:"must be > 0"};if(vErrors===null){
vErrors=[err6]}else{vErrors.push(err6)}errors++}}else{const err7={instancePath:instancePath+"/machine/mhz",keyword:"type",params:{type:"number"},message:"must b\
e number"};if(vErrors===null){vErrors=[err7]}else{vErrors.push(err7)}errors++}}if(data0.uptime!==void 0){if(!validate24(data0.uptime,{instancePath:instancePath+
"/machine/uptime",parentData:data0,parentDataProperty:"uptime",rootData})){vErrors=vErrors===null?validate24.errors:vErrors.concat(validate24.errors);errors=vErrors.
length}}}else{const err8={instancePath:instancePath+"/machine",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err8]}else{
vErrors.push(err8)}errors++}}if(data.pools!==void 0){let data6=data.pools;if(Array.isArray(data6)){const len0=data6.length;for(let i0=0;i0<len0;i0++){let data7=data6[i0];
if(data7&&typeof data7=="object"&&!Array.isArray(data7)){if(data7.name===void 0){const err9={instancePath:instancePath+"/pools/"+i0,keyword:"required",params:{missingProperty:"\
name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err9]}else{vErrors.push(err9)}errors++}if(data7.cpus===void 0){const err10={instancePath:instancePath+
"/pools/"+i0,keyword:"required",params:{missingProperty:"cpus"},message:"must have required property 'cpus'"};if(vErrors===null){vErrors=[err10]}else{vErrors.push(
err10)}errors++}for(const key2 in data7){if(!(key2==="name"||key2==="cpus"||key2==="scheduler")){const err11={instancePath:instancePath+"/pools/"+i0,keyword:"ad\
ditionalProperties",params:{additionalProperty:key2},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err11]}else{vErrors.push(err11)}
errors++}}if(data7.name!==void 0){if(!validate26(data7.name,{instancePath:instancePath+"/pools/"+i0+"/name",parentData:data7,parentDataProperty:"name",rootData})){
vErrors=vErrors===null?validate26.errors:vErrors.concat(validate26.errors);errors=vErrors.length}}if(data7.cpus!==void 0){let data9=data7.cpus;if(Array.isArray(
data9)){const len1=data9.length;for(let i1=0;i1<len1;i1++){let data10=data9[i1];if(!(typeof data10=="number"&&(!(data10%1)&&!isNaN(data10))&&isFinite(data10))){
const err12={instancePath:instancePath+"/pools/"+i0+"/cpus/"+i1,keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err12]}else{
vErrors.push(err12)}errors++}if(typeof data10=="number"&&isFinite(data10)){if(data10<0||isNaN(data10)){const err13={instancePath:instancePath+"/pools/"+i0+"/cpu\
s/"+i1,keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err13]}else{vErrors.push(err13)}errors++}}}let i2=data9.
length;let j0;if(i2>1){const indices0={};for(;i2--;){let item0=data9[i2];if(!(typeof item0=="number"&&(!(item0%1)&&!isNaN(item0))&&isFinite(item0))){continue}if(typeof indices0[item0]==
"number"){j0=indices0[item0];const err14={instancePath:instancePath+"/pools/"+i0+"/cpus",keyword:"uniqueItems",params:{i:i2,j:j0},message:"must NOT have duplica\
te items (items ## "+j0+" and "+i2+" are identical)"};if(vErrors===null){vErrors=[err14]}else{vErrors.push(err14)}errors++;break}indices0[item0]=i2}}}else{const err15={
instancePath:instancePath+"/pools/"+i0+"/cpus",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err15]}else{vErrors.push(
err15)}errors++}}if(data7.scheduler!==void 0){let data11=data7.scheduler;if(!(data11==="credit"||data11==="credit2"||data11==="rtds"||data11==="null"||data11===
"arinc653")){const err16={instancePath:instancePath+"/pools/"+i0+"/scheduler",keyword:"enum",params:{allowedValues:["credit","credit2","rtds","null","arinc653"]},
message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err16]}else{vErrors.push(err16)}errors++}}}else{const err17={instancePath:instancePath+
"/pools/"+i0,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err17]}else{vErrors.push(err17)}errors++}}}else{const err18={
instancePath:instancePath+"/pools",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err18]}else{vErrors.push(err18)}errors++}}
if(data.built!==void 0){let data12=data.built;if(data12&&typeof data12=="object"&&!Array.isArray(data12)){for(const key3 in data12){if(!(key3==="console"||key3===
"load"||key3==="writes"||key3==="network"||key3==="disk")){const err19={instancePath:instancePath+"/built",keyword:"additionalProperties",params:{additionalProperty:key3},
message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err19]}else{vErrors.push(err19)}errors++}}if(data12.console!==void 0){if(!validate28(
data12.console,{instancePath:instancePath+"/built/console",parentData:data12,parentDataProperty:"console",rootData})){vErrors=vErrors===null?validate28.errors:vErrors.
concat(validate28.errors);errors=vErrors.length}}if(data12.load!==void 0){let data14=data12.load;if(typeof data14=="number"&&isFinite(data14)){if(data14>1||isNaN(
data14)){const err20={instancePath:instancePath+"/built/load",keyword:"maximum",params:{comparison:"<=",limit:1},message:"must be <= 1"};if(vErrors===null){vErrors=
[err20]}else{vErrors.push(err20)}errors++}if(data14<0||isNaN(data14)){const err21={instancePath:instancePath+"/built/load",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err21]}else{vErrors.push(err21)}errors++}}else{const err22={instancePath:instancePath+"/built/l\
oad",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err22]}else{vErrors.push(err22)}errors++}}if(data12.writes!==void 0){
if(!validate30(data12.writes,{instancePath:instancePath+"/built/writes",parentData:data12,parentDataProperty:"writes",rootData})){vErrors=vErrors===null?validate30.
errors:vErrors.concat(validate30.errors);errors=vErrors.length}}if(data12.network!==void 0){let data16=data12.network;if(data16&&typeof data16=="object"&&!Array.
isArray(data16)){for(const key4 in data16){if(!(key4==="receive"||key4==="send")){const err23={instancePath:instancePath+"/built/network",keyword:"additionalPro\
perties",params:{additionalProperty:key4},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err23]}else{vErrors.push(err23)}errors++}}if(data16.
receive!==void 0){if(!validate31(data16.receive,{instancePath:instancePath+"/built/network/receive",parentData:data16,parentDataProperty:"receive",rootData})){vErrors=
vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.length}}if(data16.send!==void 0){if(!validate31(data16.send,{instancePath:instancePath+
"/built/network/send",parentData:data16,parentDataProperty:"send",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=
vErrors.length}}}else{const err24={instancePath:instancePath+"/built/network",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){
vErrors=[err24]}else{vErrors.push(err24)}errors++}}if(data12.disk!==void 0){let data19=data12.disk;if(data19&&typeof data19=="object"&&!Array.isArray(data19)){for(const key5 in data19){
if(!(key5==="read"||key5==="write")){const err25={instancePath:instancePath+"/built/disk",keyword:"additionalProperties",params:{additionalProperty:key5},message:"\
must NOT have additional properties"};if(vErrors===null){vErrors=[err25]}else{vErrors.push(err25)}errors++}}if(data19.read!==void 0){if(!validate31(data19.read,
{instancePath:instancePath+"/built/disk/read",parentData:data19,parentDataProperty:"read",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.
errors);errors=vErrors.length}}if(data19.write!==void 0){if(!validate31(data19.write,{instancePath:instancePath+"/built/disk/write",parentData:data19,parentDataProperty:"\
write",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.length}}}else{const err26={instancePath:instancePath+
"/built/disk",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err26]}else{vErrors.push(err26)}errors++}}}else{const err27={
instancePath:instancePath+"/built",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err27]}else{vErrors.push(err27)}errors++}}
if(data.domains!==void 0){let data22=data.domains;if(Array.isArray(data22)){if(data22.length>32e3){const err28={instancePath:instancePath+"/domains",keyword:"ma\
xItems",params:{limit:32e3},message:"must NOT have more than 32000 items"};if(vErrors===null){vErrors=[err28]}else{vErrors.push(err28)}errors++}const len2=data22.
length;for(let i3=0;i3<len2;i3++){let data23=data22[i3];if(data23&&typeof data23=="object"&&!Array.isArray(data23)){if(data23.name===void 0){const err29={instancePath:instancePath+
"/domains/"+i3,keyword:"required",params:{missingProperty:"name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err29]}else{vErrors.
push(err29)}errors++}if(data23.memory===void 0){const err30={instancePath:instancePath+"/domains/"+i3,keyword:"required",params:{missingProperty:"memory"},message:"\
must have required property 'memory'"};if(vErrors===null){vErrors=[err30]}else{vErrors.push(err30)}errors++}for(const key6 in data23){if(!func7.call(properties0,
key6)){const err31={instancePath:instancePath+"/domains/"+i3,keyword:"additionalProperties",params:{additionalProperty:key6},message:"must NOT have additional p\
roperties"};if(vErrors===null){vErrors=[err31]}else{vErrors.push(err31)}errors++}}if(data23.name!==void 0){if(!validate26(data23.name,{instancePath:instancePath+
"/domains/"+i3+"/name",parentData:data23,parentDataProperty:"name",rootData})){vErrors=vErrors===null?validate26.errors:vErrors.concat(validate26.errors);errors=
vErrors.length}}if(data23.type!==void 0){let data25=data23.type;if(!(data25==="pv"||data25==="pvh"||data25==="hvm")){const err32={instancePath:instancePath+"/do\
mains/"+i3+"/type",keyword:"enum",params:{allowedValues:["pv","pvh","hvm"]},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err32]}else{
vErrors.push(err32)}errors++}}if(data23.uuid!==void 0){let data26=data23.uuid;if(typeof data26==="string"){if(!pattern5.test(data26)){const err33={instancePath:instancePath+
"/domains/"+i3+"/uuid",keyword:"pattern",params:{pattern:"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},message:'must match pattern "^[0-9a-f]{8}(-[0-9a-f]{4}){\
3}-[0-9a-f]{12}$"'};if(vErrors===null){vErrors=[err33]}else{vErrors.push(err33)}errors++}}else{const err34={instancePath:instancePath+"/domains/"+i3+"/uuid",keyword:"\
type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err34]}else{vErrors.push(err34)}errors++}}if(data23.memory!==void 0){let data27=data23.
memory;if(!(typeof data27=="number"&&(!(data27%1)&&!isNaN(data27))&&isFinite(data27))&&typeof data27!=="string"){const err35={instancePath:instancePath+"/domain\
s/"+i3+"/memory",keyword:"type",params:{type:["integer","string"]},message:"must be integer,string"};if(vErrors===null){vErrors=[err35]}else{vErrors.push(err35)}
errors++}if(typeof data27=="number"&&isFinite(data27)){if(data27<1||isNaN(data27)){const err36={instancePath:instancePath+"/domains/"+i3+"/memory",keyword:"mini\
mum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err36]}else{vErrors.push(err36)}errors++}}if(typeof data27==="string"){
if(!pattern6.test(data27)){const err37={instancePath:instancePath+"/domains/"+i3+"/memory",keyword:"pattern",params:{pattern:"^([1-9][0-9]*[KMGT]|.*[./].*)$"},message:'\
must match pattern "^([1-9][0-9]*[KMGT]|.*[./].*)$"'};if(vErrors===null){vErrors=[err37]}else{vErrors.push(err37)}errors++}}}if(data23.registers!==void 0){let data28=data23.
registers;if(!data28||typeof data28!="object"){const err38={instancePath:instancePath+"/domains/"+i3+"/registers",keyword:"type",params:{type:["object","array"]},
message:"must be object,array"};if(vErrors===null){vErrors=[err38]}else{vErrors.push(err38)}errors++}if(Array.isArray(data28)){if(data28.length>512){const err39={
instancePath:instancePath+"/domains/"+i3+"/registers",keyword:"maxItems",params:{limit:512},message:"must NOT have more than 512 items"};if(vErrors===null){vErrors=
[err39]}else{vErrors.push(err39)}errors++}const len3=data28.length;for(let i4=0;i4<len3;i4++){let data29=data28[i4];if(data29&&typeof data29=="object"&&!Array.isArray(
data29)){for(const key7 in data29){if(!validate33(data29[key7],{instancePath:instancePath+"/domains/"+i3+"/registers/"+i4+"/"+key7.replace(/~/g,"~0").replace(/\//g,
"~1"),parentData:data29,parentDataProperty:key7,rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.errors);errors=vErrors.length}}}else{
const err40={instancePath:instancePath+"/domains/"+i3+"/registers/"+i4,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=
[err40]}else{vErrors.push(err40)}errors++}}}if(data28&&typeof data28=="object"&&!Array.isArray(data28)){for(const key8 in data28){if(!validate33(data28[key8],{instancePath:instancePath+
"/domains/"+i3+"/registers/"+key8.replace(/~/g,"~0").replace(/\//g,"~1"),parentData:data28,parentDataProperty:key8,rootData})){vErrors=vErrors===null?validate33.
errors:vErrors.concat(validate33.errors);errors=vErrors.length}}}}if(data23.maxMemory!==void 0){if(!validate22(data23.maxMemory,{instancePath:instancePath+"/dom\
ains/"+i3+"/maxMemory",parentData:data23,parentDataProperty:"maxMemory",rootData})){vErrors=vErrors===null?validate22.errors:vErrors.concat(validate22.errors);errors=
vErrors.length}}if(data23.vcpus!==void 0){let data33=data23.vcpus;if(!(typeof data33=="number"&&(!(data33%1)&&!isNaN(data33))&&isFinite(data33))){const err41={instancePath:instancePath+
"/domains/"+i3+"/vcpus",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err41]}else{vErrors.push(err41)}errors++}if(typeof data33==
"number"&&isFinite(data33)){if(data33>512||isNaN(data33)){const err42={instancePath:instancePath+"/domains/"+i3+"/vcpus",keyword:"maximum",params:{comparison:"<\
=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err42]}else{vErrors.push(err42)}errors++}if(data33<1||isNaN(data33)){const err43={instancePath:instancePath+
"/domains/"+i3+"/vcpus",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err43]}else{vErrors.push(err43)}errors++}}}
if(data23.maxVcpus!==void 0){let data34=data23.maxVcpus;if(!(typeof data34=="number"&&(!(data34%1)&&!isNaN(data34))&&isFinite(data34))){const err44={instancePath:instancePath+
"/domains/"+i3+"/maxVcpus",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err44]}else{vErrors.push(err44)}errors++}
if(typeof data34=="number"&&isFinite(data34)){if(data34>512||isNaN(data34)){const err45={instancePath:instancePath+"/domains/"+i3+"/maxVcpus",keyword:"maximum",
params:{comparison:"<=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err45]}else{vErrors.push(err45)}errors++}if(data34<1||isNaN(data34)){const err46={
instancePath:instancePath+"/domains/"+i3+"/maxVcpus",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err46]}else{
vErrors.push(err46)}errors++}}}if(data23.state!==void 0){let data35=data23.state;if(!(data35==="running"||data35==="idle"||data35==="paused"||data35==="shutdown"||
data35==="crashed")){const err47={instancePath:instancePath+"/domains/"+i3+"/state",keyword:"enum",params:{allowedValues:["running","idle","paused","shutdown","\
crashed"]},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err47]}else{vErrors.push(err47)}errors++}}if(data23.load!==void 0){
let data36=data23.load;if(typeof data36=="number"&&isFinite(data36)){if(data36>1||isNaN(data36)){const err48={instancePath:instancePath+"/domains/"+i3+"/load",keyword:"\
maximum",params:{comparison:"<=",limit:1},message:"must be <= 1"};if(vErrors===null){vErrors=[err48]}else{vErrors.push(err48)}errors++}if(data36<0||isNaN(data36)){
const err49={instancePath:instancePath+"/domains/"+i3+"/load",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err49]}else{vErrors.push(err49)}errors++}}else{const err50={instancePath:instancePath+"/domains/"+i3+"/load",keyword:"type",params:{type:"number"},message:"mus\
t be number"};if(vErrors===null){vErrors=[err50]}else{vErrors.push(err50)}errors++}}if(data23.writes!==void 0){if(!validate30(data23.writes,{instancePath:instancePath+
"/domains/"+i3+"/writes",parentData:data23,parentDataProperty:"writes",rootData})){vErrors=vErrors===null?validate30.errors:vErrors.concat(validate30.errors);errors=
vErrors.length}}if(data23.altp2m!==void 0){let data38=data23.altp2m;if(!(data38==="mixed"||data38==="external"||data38==="limited")){const err51={instancePath:instancePath+
"/domains/"+i3+"/altp2m",keyword:"enum",params:{allowedValues:["mixed","external","limited"]},message:"must be equal to one of the allowed values"};if(vErrors===
null){vErrors=[err51]}else{vErrors.push(err51)}errors++}}if(data23.uptime!==void 0){if(!validate24(data23.uptime,{instancePath:instancePath+"/domains/"+i3+"/upt\
ime",parentData:data23,parentDataProperty:"uptime",rootData})){vErrors=vErrors===null?validate24.errors:vErrors.concat(validate24.errors);errors=vErrors.length}}
if(data23.cpuTime!==void 0){if(!validate24(data23.cpuTime,{instancePath:instancePath+"/domains/"+i3+"/cpuTime",parentData:data23,parentDataProperty:"cpuTime",rootData})){
vErrors=vErrors===null?validate24.errors:vErrors.concat(validate24.errors);errors=vErrors.length}}if(data23.weight!==void 0){let data41=data23.weight;if(!(typeof data41==
"number"&&(!(data41%1)&&!isNaN(data41))&&isFinite(data41))){const err52={instancePath:instancePath+"/domains/"+i3+"/weight",keyword:"type",params:{type:"integer"},
message:"must be integer"};if(vErrors===null){vErrors=[err52]}else{vErrors.push(err52)}errors++}if(typeof data41=="number"&&isFinite(data41)){if(data41>65535||isNaN(
data41)){const err53={instancePath:instancePath+"/domains/"+i3+"/weight",keyword:"maximum",params:{comparison:"<=",limit:65535},message:"must be <= 65535"};if(vErrors===
null){vErrors=[err53]}else{vErrors.push(err53)}errors++}if(data41<1||isNaN(data41)){const err54={instancePath:instancePath+"/domains/"+i3+"/weight",keyword:"min\
imum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err54]}else{vErrors.push(err54)}errors++}}}if(data23.cap!==void 0){let data42=data23.
cap;if(!(typeof data42=="number"&&(!(data42%1)&&!isNaN(data42))&&isFinite(data42))){const err55={instancePath:instancePath+"/domains/"+i3+"/cap",keyword:"type",
params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err55]}else{vErrors.push(err55)}errors++}if(typeof data42=="number"&&isFinite(data42)){
if(data42>51200||isNaN(data42)){const err56={instancePath:instancePath+"/domains/"+i3+"/cap",keyword:"maximum",params:{comparison:"<=",limit:51200},message:"mus\
t be <= 51200"};if(vErrors===null){vErrors=[err56]}else{vErrors.push(err56)}errors++}if(data42<0||isNaN(data42)){const err57={instancePath:instancePath+"/domain\
s/"+i3+"/cap",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err57]}else{vErrors.push(err57)}errors++}}}
if(data23.pool!==void 0){if(!validate26(data23.pool,{instancePath:instancePath+"/domains/"+i3+"/pool",parentData:data23,parentDataProperty:"pool",rootData})){vErrors=
vErrors===null?validate26.errors:vErrors.concat(validate26.errors);errors=vErrors.length}}if(data23.console!==void 0){if(!validate28(data23.console,{instancePath:instancePath+
"/domains/"+i3+"/console",parentData:data23,parentDataProperty:"console",rootData})){vErrors=vErrors===null?validate28.errors:vErrors.concat(validate28.errors);
errors=vErrors.length}}if(data23.networks!==void 0){let data45=data23.networks;if(Array.isArray(data45)){if(data45.length>64){const err58={instancePath:instancePath+
"/domains/"+i3+"/networks",keyword:"maxItems",params:{limit:64},message:"must NOT have more than 64 items"};if(vErrors===null){vErrors=[err58]}else{vErrors.push(
err58)}errors++}const len4=data45.length;for(let i5=0;i5<len4;i5++){let data46=data45[i5];if(data46&&typeof data46=="object"&&!Array.isArray(data46)){for(const key9 in data46){
if(!(key9==="mac"||key9==="bridge"||key9==="receive"||key9==="send")){const err59={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5,keyword:"additionalP\
roperties",params:{additionalProperty:key9},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err59]}else{vErrors.push(err59)}errors++}}
if(data46.mac!==void 0){let data47=data46.mac;if(typeof data47==="string"){if(!pattern7.test(data47)){const err60={instancePath:instancePath+"/domains/"+i3+"/ne\
tworks/"+i5+"/mac",keyword:"pattern",params:{pattern:"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},message:'must match pattern "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"'};if(vErrors===
null){vErrors=[err60]}else{vErrors.push(err60)}errors++}}else{const err61={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/mac",keyword:"type",params:{
type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err61]}else{vErrors.push(err61)}errors++}}if(data46.bridge!==void 0){let data48=data46.bridge;
if(typeof data48==="string"){if(!pattern8.test(data48)){const err62={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/bridge",keyword:"pattern",params:{
pattern:"^[A-Za-z0-9_.-]{1,15}$"},message:'must match pattern "^[A-Za-z0-9_.-]{1,15}$"'};if(vErrors===null){vErrors=[err62]}else{vErrors.push(err62)}errors++}}else{
const err63={instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/bridge",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err63]}else{vErrors.push(err63)}errors++}}if(data46.receive!==void 0){if(!validate31(data46.receive,{instancePath:instancePath+"/domains/"+i3+"/network\
s/"+i5+"/receive",parentData:data46,parentDataProperty:"receive",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.
length}}if(data46.send!==void 0){if(!validate31(data46.send,{instancePath:instancePath+"/domains/"+i3+"/networks/"+i5+"/send",parentData:data46,parentDataProperty:"\
send",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.length}}}else{const err64={instancePath:instancePath+
"/domains/"+i3+"/networks/"+i5,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err64]}else{vErrors.push(err64)}errors++}}}else{
const err65={instancePath:instancePath+"/domains/"+i3+"/networks",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err65]}else{
vErrors.push(err65)}errors++}}if(data23.events!==void 0){let data51=data23.events;if(Array.isArray(data51)){if(data51.length>1e3){const err66={instancePath:instancePath+
"/domains/"+i3+"/events",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===null){vErrors=[err66]}else{vErrors.push(
err66)}errors++}const len5=data51.length;for(let i6=0;i6<len5;i6++){let data52=data51[i6];if(data52&&typeof data52=="object"&&!Array.isArray(data52)){if(data52.
kind===void 0){const err67={instancePath:instancePath+"/domains/"+i3+"/events/"+i6,keyword:"required",params:{missingProperty:"kind"},message:"must have require\
d property 'kind'"};if(vErrors===null){vErrors=[err67]}else{vErrors.push(err67)}errors++}for(const key10 in data52){if(!func7.call(properties1,key10)){const err68={
instancePath:instancePath+"/domains/"+i3+"/events/"+i6,keyword:"additionalProperties",params:{additionalProperty:key10},message:"must NOT have additional proper\
ties"};if(vErrors===null){vErrors=[err68]}else{vErrors.push(err68)}errors++}}if(data52.kind!==void 0){let data53=data52.kind;if(!(data53==="read"||data53==="wri\
te"||data53==="execute"||data53==="register"||data53==="msr"||data53==="cpuid"||data53==="breakpoint"||data53==="request")){const err69={instancePath:instancePath+
"/domains/"+i3+"/events/"+i6+"/kind",keyword:"enum",params:{allowedValues:["read","write","execute","register","msr","cpuid","breakpoint","request"]},message:"m\
ust be equal to one of the allowed values"};if(vErrors===null){vErrors=[err69]}else{vErrors.push(err69)}errors++}}if(data52.vcpu!==void 0){let data54=data52.vcpu;
if(!(typeof data54=="number"&&(!(data54%1)&&!isNaN(data54))&&isFinite(data54))){const err70={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/vcpu",keyword:"\
type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err70]}else{vErrors.push(err70)}errors++}if(typeof data54=="number"&&isFinite(
data54)){if(data54<0||isNaN(data54)){const err71={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/vcpu",keyword:"minimum",params:{comparison:">=",limit:0},
message:"must be >= 0"};if(vErrors===null){vErrors=[err71]}else{vErrors.push(err71)}errors++}}}if(data52.at!==void 0){let data55=data52.at;if(typeof data55=="nu\
mber"&&isFinite(data55)){if(data55<0||isNaN(data55)){const err72={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/at",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err72]}else{vErrors.push(err72)}errors++}}else{const err73={instancePath:instancePath+"/domains\
/"+i3+"/events/"+i6+"/at",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===null){vErrors=[err73]}else{vErrors.push(err73)}errors++}}
if(data52.every!==void 0){let data56=data52.every;if(typeof data56=="number"&&isFinite(data56)){if(data56<.001||isNaN(data56)){const err74={instancePath:instancePath+
"/domains/"+i3+"/events/"+i6+"/every",keyword:"minimum",params:{comparison:">=",limit:.001},message:"must be >= 0.001"};if(vErrors===null){vErrors=[err74]}else{
vErrors.push(err74)}errors++}}else{const err75={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/every",keyword:"type",params:{type:"number"},message:"m\
ust be number"};if(vErrors===null){vErrors=[err75]}else{vErrors.push(err75)}errors++}}if(data52.address!==void 0){if(!validate33(data52.address,{instancePath:instancePath+
"/domains/"+i3+"/events/"+i6+"/address",parentData:data52,parentDataProperty:"address",rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.
errors);errors=vErrors.length}}if(data52.linear!==void 0){if(!validate33(data52.linear,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/linear",parentData:data52,
parentDataProperty:"linear",rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.errors);errors=vErrors.length}}if(data52.register!==void 0){
let data59=data52.register;if(!(data59==="cr0"||data59==="cr3"||data59==="cr4")){const err76={instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/register",
keyword:"enum",params:{allowedValues:["cr0","cr3","cr4"]},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err76]}else{vErrors.
push(err76)}errors++}}if(data52.msr!==void 0){if(!validate33(data52.msr,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/msr",parentData:data52,parentDataProperty:"\
msr",rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.errors);errors=vErrors.length}}if(data52.value!==void 0){if(!validate33(data52.
value,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/value",parentData:data52,parentDataProperty:"value",rootData})){vErrors=vErrors===null?validate33.
errors:vErrors.concat(validate33.errors);errors=vErrors.length}}if(data52.leaf!==void 0){if(!validate33(data52.leaf,{instancePath:instancePath+"/domains/"+i3+"/\
events/"+i6+"/leaf",parentData:data52,parentDataProperty:"leaf",rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.errors);errors=vErrors.
length}}if(data52.subleaf!==void 0){if(!validate33(data52.subleaf,{instancePath:instancePath+"/domains/"+i3+"/events/"+i6+"/subleaf",parentData:data52,parentDataProperty:"\
subleaf",rootData})){vErrors=vErrors===null?validate33.errors:vErrors.concat(validate33.errors);errors=vErrors.length}}}else{const err77={instancePath:instancePath+
"/domains/"+i3+"/events/"+i6,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err77]}else{vErrors.push(err77)}errors++}}}else{
const err78={instancePath:instancePath+"/domains/"+i3+"/events",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err78]}else{
vErrors.push(err78)}errors++}}if(data23.disks!==void 0){let data64=data23.disks;if(Array.isArray(data64)){if(data64.length>16){const err79={instancePath:instancePath+
"/domains/"+i3+"/disks",keyword:"maxItems",params:{limit:16},message:"must NOT have more than 16 items"};if(vErrors===null){vErrors=[err79]}else{vErrors.push(err79)}
errors++}const len6=data64.length;for(let i7=0;i7<len6;i7++){let data65=data64[i7];if(data65&&typeof data65=="object"&&!Array.isArray(data65)){if(data65.name===
void 0){const err80={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7,keyword:"required",params:{missingProperty:"name"},message:"must have required proper\
ty 'name'"};if(vErrors===null){vErrors=[err80]}else{vErrors.push(err80)}errors++}for(const key11 in data65){if(!(key11==="name"||key11==="readOnly"||key11==="si\
ze"||key11==="read"||key11==="write")){const err81={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7,keyword:"additionalProperties",params:{additionalProperty:key11},
message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err81]}else{vErrors.push(err81)}errors++}}if(data65.name!==void 0){let data66=data65.
name;if(typeof data66==="string"){if(!pattern9.test(data66)){const err82={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/name",keyword:"pattern",params:{
pattern:"^xvd[a-p]$"},message:'must match pattern "^xvd[a-p]$"'};if(vErrors===null){vErrors=[err82]}else{vErrors.push(err82)}errors++}}else{const err83={instancePath:instancePath+
"/domains/"+i3+"/disks/"+i7+"/name",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err83]}else{vErrors.push(err83)}
errors++}}if(data65.readOnly!==void 0){if(typeof data65.readOnly!=="boolean"){const err84={instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/readOnly",keyword:"\
type",params:{type:"boolean"},message:"must be boolean"};if(vErrors===null){vErrors=[err84]}else{vErrors.push(err84)}errors++}}if(data65.size!==void 0){if(!validate22(
data65.size,{instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/size",parentData:data65,parentDataProperty:"size",rootData})){vErrors=vErrors===null?validate22.
errors:vErrors.concat(validate22.errors);errors=vErrors.length}}if(data65.read!==void 0){if(!validate31(data65.read,{instancePath:instancePath+"/domains/"+i3+"/\
disks/"+i7+"/read",parentData:data65,parentDataProperty:"read",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.
length}}if(data65.write!==void 0){if(!validate31(data65.write,{instancePath:instancePath+"/domains/"+i3+"/disks/"+i7+"/write",parentData:data65,parentDataProperty:"\
write",rootData})){vErrors=vErrors===null?validate31.errors:vErrors.concat(validate31.errors);errors=vErrors.length}}}else{const err85={instancePath:instancePath+
"/domains/"+i3+"/disks/"+i7,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err85]}else{vErrors.push(err85)}errors++}}}else{
const err86={instancePath:instancePath+"/domains/"+i3+"/disks",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err86]}else{
vErrors.push(err86)}errors++}}}else{const err87={instancePath:instancePath+"/domains/"+i3,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===
null){vErrors=[err87]}else{vErrors.push(err87)}errors++}}}else{const err88={instancePath:instancePath+"/domains",keyword:"type",params:{type:"array"},message:"m\
ust be array"};if(vErrors===null){vErrors=[err88]}else{vErrors.push(err88)}errors++}}}else{const err89={instancePath,keyword:"type",params:{type:"object"},message:"\
must be object"};if(vErrors===null){vErrors=[err89]}else{vErrors.push(err89)}errors++}validate21.errors=vErrors;return errors===0}var properties0={"name":0,"typ\
e":0,"uuid":0,"memory":0,"registers":0,"maxMemory":0,"vcpus":0,"maxVcpus":0,"state":0,"load":0,"writes":0,"altp2m":0,"uptime":0,"cpuTime":0,"weight":0,"cap":0,"\
pool":0,"console":0,"networks":0,"events":0,"disks":0};var properties1={"kind":0,"vcpu":0,"at":0,"every":0,"address":0,"linear":0,"register":0,"msr":0,"value":0,
"leaf":0,"subleaf":0};export{stdin_default as default,validate};
