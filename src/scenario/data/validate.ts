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
a-f]{4}){3}-[0-9a-f]{12}$"},"memory":{"description":"An amount of memory, as for maxMemory; or a file that holds the memory of a PVH or HVM guest, in whose name\
 is a dot or a slash: raw, LiME, an ELF core, or from xl dump-core.","type":["integer","string"],"minimum":1,"pattern":"^([1-9][0-9]*[KMGT]|.*[./].*)$"},"regist\
ers":{"description":"Registers of a PVH or HVM guest, in long mode unless said otherwise; a list has those of each virtual CPU. Those that are left out are thos\
e of the memory file, if it has some.","type":["object","array"],"additionalProperties":false,"properties":{"rax":{"type":["integer","string"],"minimum":0,"patt\
ern":"^0x[0-9a-fA-F]{1,16}$"},"rbx":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rcx":{"type":["integer","string"],"minimum":0,"\
pattern":"^0x[0-9a-fA-F]{1,16}$"},"rdx":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rsi":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rdi":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rbp":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rsp":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r8":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r9":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r10":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r11":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r12":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r13":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r14":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r15":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rip":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rflags":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cr0":{"type":["integer","string"],"mini\
mum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cr2":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cr3":{"type":["integer","string"],"\
minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cr4":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr0":{"type":["integer","string"],
"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr1":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr2":{"type":["integer","strin\
g"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr3":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr6":{"type":["integer","s\
tring"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr7":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cs":{"type":["integer",
"string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"ss":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"ds":{"type":["integer",
"string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"es":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"fs":{"type":["integer",
"string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gs":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"tr":{"type":["integer",
"string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"fs_base":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gs_base":{"type":[
"integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"shadow_gs":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"idtr\
_base":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"idtr_limit":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-\
F]{1,16}$"},"gdtr_base":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gdtr_limit":{"type":["integer","string"],"minimum":0,"patte\
rn":"^0x[0-9a-fA-F]{1,16}$"},"tr_base":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"efer":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"lstar":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"star":{"type":["integer","string"],"mini\
mum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cstar":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"syscall_mask":{"type":["integer",
"string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"tsc_aux":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"}},"maxItems":512,"\
items":{"type":"object","additionalProperties":false,"properties":{"rax":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rbx":{"typ\
e":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rcx":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rdx":{
"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rsi":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rd\
i":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rbp":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},
"rsp":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r8":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},
"r9":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r10":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},
"r11":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r12":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}\
$"},"r13":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"r14":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1\
,16}$"},"r15":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"rip":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-\
F]{1,16}$"},"rflags":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cr0":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0\
-9a-fA-F]{1,16}$"},"cr2":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cr3":{"type":["integer","string"],"minimum":0,"pattern":"^\
0x[0-9a-fA-F]{1,16}$"},"cr4":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr0":{"type":["integer","string"],"minimum":0,"pattern":"\
^0x[0-9a-fA-F]{1,16}$"},"dr1":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr2":{"type":["integer","string"],"minimum":0,"patter\
n":"^0x[0-9a-fA-F]{1,16}$"},"dr3":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"dr6":{"type":["integer","string"],"minimum":0,"pa\
ttern":"^0x[0-9a-fA-F]{1,16}$"},"dr7":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"cs":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"ss":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"ds":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"es":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"fs":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gs":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"tr":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"fs_base":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gs_base":{"type":["integer","string"],
"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"shadow_gs":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"idtr_base":{"type":["int\
eger","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"idtr_limit":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gdtr_ba\
se":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"gdtr_limit":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{\
1,16}$"},"tr_base":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"efer":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-\
9a-fA-F]{1,16}$"},"lstar":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"star":{"type":["integer","string"],"minimum":0,"pattern":"\
^0x[0-9a-fA-F]{1,16}$"},"cstar":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"},"syscall_mask":{"type":["integer","string"],"minimum":0,
"pattern":"^0x[0-9a-fA-F]{1,16}$"},"tsc_aux":{"type":["integer","string"],"minimum":0,"pattern":"^0x[0-9a-fA-F]{1,16}$"}}}},"maxMemory":{"description":"An amoun\
t of memory: a number of MiB, or a number with K, M, G or T.","type":["integer","string"],"minimum":1,"pattern":"^[1-9][0-9]*[KMGT]$"},"vcpus":{"description":"V\
irtual CPUs that are up.","type":"integer","minimum":1,"maximum":512},"maxVcpus":{"type":"integer","minimum":1,"maximum":512},"state":{"description":"running: b\
usy; idle: waits for events, which xl list shows as b.","enum":["running","idle","paused","shutdown","crashed"]},"load":{"description":"Share of its time that e\
ach virtual CPU runs.","type":"number","minimum":0,"maximum":1},"uptime":{"description":"A time: a number of seconds, or text such as 3d4h20m10s.","type":["numb\
er","string"],"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},"cpuTime":{"description":"A time: a number of seconds, or text such as 3d4h20m10s\
.","type":["number","string"],"minimum":0,"pattern":"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},"weight":{"type":"integer","minimum":1,"maximum":65535},"cap":{"t\
ype":"integer","minimum":0,"maximum":51200},"pool":{"type":"string","pattern":"^[A-Za-z0-9_.+-]{1,64}$"},"console":{"description":"A text that it has written to\
 its console, or what it writes and answers. In texts, {domid}, {type}, {memory} (MiB), {vcpus} and {cmdline} stand for what it is.","type":["string","object"],
"maxLength":65536,"additionalProperties":false,"properties":{"text":{"description":"Written once, at the start.","type":"string","maxLength":65536},"prompt":{"d\
escription":"Written after it, and after each answer.","type":"string","maxLength":65536},"shutdown":{"description":"The guest shuts down once its text is writt\
en.","enum":["poweroff","reboot","crash"]},"answers":{"description":"Answers to typed lines. The first match is used; a line without a match gets no answer.","t\
ype":"array","maxItems":1e3,"items":{"type":"object","additionalProperties":false,"required":["line"],"properties":{"line":{"description":"The typed line. A * a\
t the end matches the rest of it. In say, {line} and {rest} are replaced by the line and by that rest.","type":"string","maxLength":255},"say":{"type":"string",
"maxLength":65536},"shutdown":{"description":"The guest shuts down with this reason.","enum":["poweroff","reboot","crash"]}}}}}},"networks":{"description":"Netw\
ork cards, with what the guest receives and sends. They need --toolstack.","type":"array","maxItems":64,"items":{"type":"object","additionalProperties":false,"p\
roperties":{"mac":{"type":"string","pattern":"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},"bridge":{"type":"string","pattern":"^[A-Za-z0-9_.-]{1,15}$"},"receive":{"descrip\
tion":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"},"send":{"descriptio\
n":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"}}}},"disks":{"descripti\
on":"Disks, with what the guest reads and writes. They need --toolstack.","type":"array","maxItems":16,"items":{"type":"object","additionalProperties":false,"re\
quired":["name"],"properties":{"name":{"description":"xvda, xvdb, \u2026","type":"string","pattern":"^xvd[a-p]$"},"readOnly":{"type":"boolean"},"size":{"descrip\
tion":"An amount of memory: a number of MiB, or a number with K, M, G or T.","type":["integer","string"],"minimum":1,"pattern":"^[1-9][0-9]*[KMGT]$"},"read":{"d\
escription":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"},"write":{"des\
cription":"Bytes a second: a number, or a number with K, M or G. Default: 0.","type":["integer","string"],"minimum":0,"pattern":"^[0-9]+[KMG]$"}}}}}}}}};var pattern0=new RegExp(
"^[1-9][0-9]*[KMGT]$","u");var pattern1=new RegExp("^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$","u");var pattern2=new RegExp("^[A-Za-z0-9_.+-]{1,64}$","u");var pattern3=new RegExp(
"^[0-9]+[KMG]$","u");var pattern8=new RegExp("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$","u");var pattern9=new RegExp("^([1-9][0-9]*[KMGT]|.*[./].*)$","u");var pattern10=new RegExp(
"^0x[0-9a-fA-F]{1,16}$","u");var pattern112=new RegExp("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$","u");var pattern113=new RegExp("^[A-Za-z0-9_.-]{1,15}$","u");var pattern116=new RegExp(
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
if(vErrors===null){vErrors=[err73]}else{vErrors.push(err73)}errors++}}if(typeof data33==="string"){if(!pattern9.test(data33)){const err74={instancePath:instancePath+
"/domains/"+i4+"/memory",schemaPath:"#/properties/domains/items/properties/memory/pattern",keyword:"pattern",params:{pattern:"^([1-9][0-9]*[KMGT]|.*[./].*)$"},message:'\
must match pattern "^([1-9][0-9]*[KMGT]|.*[./].*)$"'};if(vErrors===null){vErrors=[err74]}else{vErrors.push(err74)}errors++}}}if(data29.registers!==void 0){let data34=data29.
registers;if(!data34||typeof data34!="object"){const err75={instancePath:instancePath+"/domains/"+i4+"/registers",schemaPath:"#/properties/domains/items/propert\
ies/registers/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.type},message:"must be object,array"};if(vErrors===null){
vErrors=[err75]}else{vErrors.push(err75)}errors++}if(Array.isArray(data34)){if(data34.length>512){const err76={instancePath:instancePath+"/domains/"+i4+"/regist\
ers",schemaPath:"#/properties/domains/items/properties/registers/maxItems",keyword:"maxItems",params:{limit:512},message:"must NOT have more than 512 items"};if(vErrors===
null){vErrors=[err76]}else{vErrors.push(err76)}errors++}const len4=data34.length;for(let i5=0;i5<len4;i5++){let data35=data34[i5];if(data35&&typeof data35=="obj\
ect"&&!Array.isArray(data35)){for(const key9 in data35){if(!func7.call(schema11.properties.domains.items.properties.registers.items.properties,key9)){const err77={
instancePath:instancePath+"/domains/"+i4+"/registers/"+i5,schemaPath:"#/properties/domains/items/properties/registers/items/additionalProperties",keyword:"addit\
ionalProperties",params:{additionalProperty:key9},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err77]}else{vErrors.push(err77)}errors++}}
if(data35.rax!==void 0){let data36=data35.rax;if(!(typeof data36=="number"&&(!(data36%1)&&!isNaN(data36))&&isFinite(data36))&&typeof data36!=="string"){const err78={
instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rax",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rax/type",keyword:"\
type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rax.type},message:"must be integer,string"};if(vErrors===null){vErrors=
[err78]}else{vErrors.push(err78)}errors++}if(typeof data36=="number"&&isFinite(data36)){if(data36<0||isNaN(data36)){const err79={instancePath:instancePath+"/dom\
ains/"+i4+"/registers/"+i5+"/rax",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rax/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err79]}else{vErrors.push(err79)}errors++}}if(typeof data36==="string"){if(!pattern10.test(data36)){
const err80={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rax",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rax/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err80]}else{
vErrors.push(err80)}errors++}}}if(data35.rbx!==void 0){let data37=data35.rbx;if(!(typeof data37=="number"&&(!(data37%1)&&!isNaN(data37))&&isFinite(data37))&&typeof data37!==
"string"){const err81={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rbx",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rbx/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rbx.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err81]}else{vErrors.push(err81)}errors++}if(typeof data37=="number"&&isFinite(data37)){if(data37<0||isNaN(data37)){const err82={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rbx",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rbx/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err82]}else{vErrors.push(err82)}errors++}}if(typeof data37==="string"){if(!pattern10.test(data37)){
const err83={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rbx",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rbx/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err83]}else{
vErrors.push(err83)}errors++}}}if(data35.rcx!==void 0){let data38=data35.rcx;if(!(typeof data38=="number"&&(!(data38%1)&&!isNaN(data38))&&isFinite(data38))&&typeof data38!==
"string"){const err84={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rcx",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rcx/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rcx.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err84]}else{vErrors.push(err84)}errors++}if(typeof data38=="number"&&isFinite(data38)){if(data38<0||isNaN(data38)){const err85={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rcx",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rcx/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err85]}else{vErrors.push(err85)}errors++}}if(typeof data38==="string"){if(!pattern10.test(data38)){
const err86={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rcx",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rcx/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err86]}else{
vErrors.push(err86)}errors++}}}if(data35.rdx!==void 0){let data39=data35.rdx;if(!(typeof data39=="number"&&(!(data39%1)&&!isNaN(data39))&&isFinite(data39))&&typeof data39!==
"string"){const err87={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rdx",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rdx/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rdx.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err87]}else{vErrors.push(err87)}errors++}if(typeof data39=="number"&&isFinite(data39)){if(data39<0||isNaN(data39)){const err88={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rdx",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rdx/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err88]}else{vErrors.push(err88)}errors++}}if(typeof data39==="string"){if(!pattern10.test(data39)){
const err89={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rdx",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rdx/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err89]}else{
vErrors.push(err89)}errors++}}}if(data35.rsi!==void 0){let data40=data35.rsi;if(!(typeof data40=="number"&&(!(data40%1)&&!isNaN(data40))&&isFinite(data40))&&typeof data40!==
"string"){const err90={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rsi",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rsi/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rsi.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err90]}else{vErrors.push(err90)}errors++}if(typeof data40=="number"&&isFinite(data40)){if(data40<0||isNaN(data40)){const err91={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rsi",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rsi/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err91]}else{vErrors.push(err91)}errors++}}if(typeof data40==="string"){if(!pattern10.test(data40)){
const err92={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rsi",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rsi/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err92]}else{
vErrors.push(err92)}errors++}}}if(data35.rdi!==void 0){let data41=data35.rdi;if(!(typeof data41=="number"&&(!(data41%1)&&!isNaN(data41))&&isFinite(data41))&&typeof data41!==
"string"){const err93={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rdi",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rdi/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rdi.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err93]}else{vErrors.push(err93)}errors++}if(typeof data41=="number"&&isFinite(data41)){if(data41<0||isNaN(data41)){const err94={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rdi",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rdi/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err94]}else{vErrors.push(err94)}errors++}}if(typeof data41==="string"){if(!pattern10.test(data41)){
const err95={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rdi",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rdi/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err95]}else{
vErrors.push(err95)}errors++}}}if(data35.rbp!==void 0){let data42=data35.rbp;if(!(typeof data42=="number"&&(!(data42%1)&&!isNaN(data42))&&isFinite(data42))&&typeof data42!==
"string"){const err96={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rbp",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rbp/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rbp.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err96]}else{vErrors.push(err96)}errors++}if(typeof data42=="number"&&isFinite(data42)){if(data42<0||isNaN(data42)){const err97={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rbp",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rbp/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err97]}else{vErrors.push(err97)}errors++}}if(typeof data42==="string"){if(!pattern10.test(data42)){
const err98={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rbp",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rbp/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err98]}else{
vErrors.push(err98)}errors++}}}if(data35.rsp!==void 0){let data43=data35.rsp;if(!(typeof data43=="number"&&(!(data43%1)&&!isNaN(data43))&&isFinite(data43))&&typeof data43!==
"string"){const err99={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rsp",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/rsp/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rsp.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err99]}else{vErrors.push(err99)}errors++}if(typeof data43=="number"&&isFinite(data43)){if(data43<0||isNaN(data43)){const err100={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rsp",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rsp/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err100]}else{vErrors.push(err100)}errors++}}if(typeof data43==="string"){if(!pattern10.test(data43)){
const err101={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rsp",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rsp/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err101]}else{
vErrors.push(err101)}errors++}}}if(data35.r8!==void 0){let data44=data35.r8;if(!(typeof data44=="number"&&(!(data44%1)&&!isNaN(data44))&&isFinite(data44))&&typeof data44!==
"string"){const err102={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r8",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/r8/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r8.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err102]}else{vErrors.push(err102)}errors++}if(typeof data44=="number"&&isFinite(data44)){if(data44<0||isNaN(data44)){const err103={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r8",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r8/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err103]}else{vErrors.push(err103)}errors++}}if(typeof data44==="string"){if(!pattern10.test(data44)){
const err104={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r8",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r8/pa\
ttern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err104]}else{
vErrors.push(err104)}errors++}}}if(data35.r9!==void 0){let data45=data35.r9;if(!(typeof data45=="number"&&(!(data45%1)&&!isNaN(data45))&&isFinite(data45))&&typeof data45!==
"string"){const err105={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r9",schemaPath:"#/properties/domains/items/properties/registers/items/proper\
ties/r9/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r9.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err105]}else{vErrors.push(err105)}errors++}if(typeof data45=="number"&&isFinite(data45)){if(data45<0||isNaN(data45)){const err106={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r9",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r9/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err106]}else{vErrors.push(err106)}errors++}}if(typeof data45==="string"){if(!pattern10.test(data45)){
const err107={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r9",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r9/pa\
ttern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err107]}else{
vErrors.push(err107)}errors++}}}if(data35.r10!==void 0){let data46=data35.r10;if(!(typeof data46=="number"&&(!(data46%1)&&!isNaN(data46))&&isFinite(data46))&&typeof data46!==
"string"){const err108={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r10",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/r10/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r10.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err108]}else{vErrors.push(err108)}errors++}if(typeof data46=="number"&&isFinite(data46)){if(data46<0||isNaN(data46)){const err109={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r10",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r10/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err109]}else{vErrors.push(err109)}errors++}}if(typeof data46==="string"){if(!pattern10.test(data46)){
const err110={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r10",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r10/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err110]}else{
vErrors.push(err110)}errors++}}}if(data35.r11!==void 0){let data47=data35.r11;if(!(typeof data47=="number"&&(!(data47%1)&&!isNaN(data47))&&isFinite(data47))&&typeof data47!==
"string"){const err111={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r11",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/r11/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r11.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err111]}else{vErrors.push(err111)}errors++}if(typeof data47=="number"&&isFinite(data47)){if(data47<0||isNaN(data47)){const err112={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r11",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r11/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err112]}else{vErrors.push(err112)}errors++}}if(typeof data47==="string"){if(!pattern10.test(data47)){
const err113={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r11",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r11/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err113]}else{
vErrors.push(err113)}errors++}}}if(data35.r12!==void 0){let data48=data35.r12;if(!(typeof data48=="number"&&(!(data48%1)&&!isNaN(data48))&&isFinite(data48))&&typeof data48!==
"string"){const err114={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r12",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/r12/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r12.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err114]}else{vErrors.push(err114)}errors++}if(typeof data48=="number"&&isFinite(data48)){if(data48<0||isNaN(data48)){const err115={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r12",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r12/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err115]}else{vErrors.push(err115)}errors++}}if(typeof data48==="string"){if(!pattern10.test(data48)){
const err116={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r12",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r12/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err116]}else{
vErrors.push(err116)}errors++}}}if(data35.r13!==void 0){let data49=data35.r13;if(!(typeof data49=="number"&&(!(data49%1)&&!isNaN(data49))&&isFinite(data49))&&typeof data49!==
"string"){const err117={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r13",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/r13/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r13.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err117]}else{vErrors.push(err117)}errors++}if(typeof data49=="number"&&isFinite(data49)){if(data49<0||isNaN(data49)){const err118={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r13",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r13/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err118]}else{vErrors.push(err118)}errors++}}if(typeof data49==="string"){if(!pattern10.test(data49)){
const err119={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r13",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r13/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err119]}else{
vErrors.push(err119)}errors++}}}if(data35.r14!==void 0){let data50=data35.r14;if(!(typeof data50=="number"&&(!(data50%1)&&!isNaN(data50))&&isFinite(data50))&&typeof data50!==
"string"){const err120={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r14",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/r14/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r14.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err120]}else{vErrors.push(err120)}errors++}if(typeof data50=="number"&&isFinite(data50)){if(data50<0||isNaN(data50)){const err121={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r14",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r14/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err121]}else{vErrors.push(err121)}errors++}}if(typeof data50==="string"){if(!pattern10.test(data50)){
const err122={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r14",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r14/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err122]}else{
vErrors.push(err122)}errors++}}}if(data35.r15!==void 0){let data51=data35.r15;if(!(typeof data51=="number"&&(!(data51%1)&&!isNaN(data51))&&isFinite(data51))&&typeof data51!==
"string"){const err123={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r15",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/r15/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.r15.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err123]}else{vErrors.push(err123)}errors++}if(typeof data51=="number"&&isFinite(data51)){if(data51<0||isNaN(data51)){const err124={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/r15",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r15/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err124]}else{vErrors.push(err124)}errors++}}if(typeof data51==="string"){if(!pattern10.test(data51)){
const err125={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/r15",schemaPath:"#/properties/domains/items/properties/registers/items/properties/r15/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err125]}else{
vErrors.push(err125)}errors++}}}if(data35.rip!==void 0){let data52=data35.rip;if(!(typeof data52=="number"&&(!(data52%1)&&!isNaN(data52))&&isFinite(data52))&&typeof data52!==
"string"){const err126={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rip",schemaPath:"#/properties/domains/items/properties/registers/items/prope\
rties/rip/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rip.type},message:"must be integer,string"};
if(vErrors===null){vErrors=[err126]}else{vErrors.push(err126)}errors++}if(typeof data52=="number"&&isFinite(data52)){if(data52<0||isNaN(data52)){const err127={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/rip",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rip/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err127]}else{vErrors.push(err127)}errors++}}if(typeof data52==="string"){if(!pattern10.test(data52)){
const err128={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rip",schemaPath:"#/properties/domains/items/properties/registers/items/properties/rip/\
pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err128]}else{
vErrors.push(err128)}errors++}}}if(data35.rflags!==void 0){let data53=data35.rflags;if(!(typeof data53=="number"&&(!(data53%1)&&!isNaN(data53))&&isFinite(data53))&&
typeof data53!=="string"){const err129={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rflags",schemaPath:"#/properties/domains/items/properties/re\
gisters/items/properties/rflags/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.rflags.type},message:"\
must be integer,string"};if(vErrors===null){vErrors=[err129]}else{vErrors.push(err129)}errors++}if(typeof data53=="number"&&isFinite(data53)){if(data53<0||isNaN(
data53)){const err130={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rflags",schemaPath:"#/properties/domains/items/properties/registers/items/pro\
perties/rflags/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err130]}else{vErrors.push(err130)}
errors++}}if(typeof data53==="string"){if(!pattern10.test(data53)){const err131={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/rflags",schemaPath:"\
#/properties/domains/items/properties/registers/items/properties/rflags/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match \
pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err131]}else{vErrors.push(err131)}errors++}}}if(data35.cr0!==void 0){let data54=data35.cr0;if(!(typeof data54==
"number"&&(!(data54%1)&&!isNaN(data54))&&isFinite(data54))&&typeof data54!=="string"){const err132={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/\
cr0",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr0/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
registers.items.properties.cr0.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err132]}else{vErrors.push(err132)}errors++}if(typeof data54==
"number"&&isFinite(data54)){if(data54<0||isNaN(data54)){const err133={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/cr0",schemaPath:"#/properties/\
domains/items/properties/registers/items/properties/cr0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err133]}else{vErrors.push(err133)}errors++}}if(typeof data54==="string"){if(!pattern10.test(data54)){const err134={instancePath:instancePath+"/domains/"+i4+"/r\
egisters/"+i5+"/cr0",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr0/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]\
{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err134]}else{vErrors.push(err134)}errors++}}}if(data35.cr2!==void 0){
let data55=data35.cr2;if(!(typeof data55=="number"&&(!(data55%1)&&!isNaN(data55))&&isFinite(data55))&&typeof data55!=="string"){const err135={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cr2",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr2/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.cr2.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err135]}else{vErrors.push(
err135)}errors++}if(typeof data55=="number"&&isFinite(data55)){if(data55<0||isNaN(data55)){const err136={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/cr2",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr2/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err136]}else{vErrors.push(err136)}errors++}}if(typeof data55==="string"){if(!pattern10.test(data55)){const err137={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cr2",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr2/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err137]}else{vErrors.push(err137)}errors++}}}if(data35.
cr3!==void 0){let data56=data35.cr3;if(!(typeof data56=="number"&&(!(data56%1)&&!isNaN(data56))&&isFinite(data56))&&typeof data56!=="string"){const err138={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cr3",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr3/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.cr3.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err138]}else{vErrors.push(
err138)}errors++}if(typeof data56=="number"&&isFinite(data56)){if(data56<0||isNaN(data56)){const err139={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/cr3",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr3/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err139]}else{vErrors.push(err139)}errors++}}if(typeof data56==="string"){if(!pattern10.test(data56)){const err140={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cr3",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr3/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err140]}else{vErrors.push(err140)}errors++}}}if(data35.
cr4!==void 0){let data57=data35.cr4;if(!(typeof data57=="number"&&(!(data57%1)&&!isNaN(data57))&&isFinite(data57))&&typeof data57!=="string"){const err141={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cr4",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr4/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.cr4.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err141]}else{vErrors.push(
err141)}errors++}if(typeof data57=="number"&&isFinite(data57)){if(data57<0||isNaN(data57)){const err142={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/cr4",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr4/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err142]}else{vErrors.push(err142)}errors++}}if(typeof data57==="string"){if(!pattern10.test(data57)){const err143={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cr4",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cr4/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err143]}else{vErrors.push(err143)}errors++}}}if(data35.
dr0!==void 0){let data58=data35.dr0;if(!(typeof data58=="number"&&(!(data58%1)&&!isNaN(data58))&&isFinite(data58))&&typeof data58!=="string"){const err144={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr0",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr0/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.dr0.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err144]}else{vErrors.push(
err144)}errors++}if(typeof data58=="number"&&isFinite(data58)){if(data58<0||isNaN(data58)){const err145={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/dr0",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err145]}else{vErrors.push(err145)}errors++}}if(typeof data58==="string"){if(!pattern10.test(data58)){const err146={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr0",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr0/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err146]}else{vErrors.push(err146)}errors++}}}if(data35.
dr1!==void 0){let data59=data35.dr1;if(!(typeof data59=="number"&&(!(data59%1)&&!isNaN(data59))&&isFinite(data59))&&typeof data59!=="string"){const err147={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr1",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr1/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.dr1.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err147]}else{vErrors.push(
err147)}errors++}if(typeof data59=="number"&&isFinite(data59)){if(data59<0||isNaN(data59)){const err148={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/dr1",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr1/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err148]}else{vErrors.push(err148)}errors++}}if(typeof data59==="string"){if(!pattern10.test(data59)){const err149={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr1",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr1/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err149]}else{vErrors.push(err149)}errors++}}}if(data35.
dr2!==void 0){let data60=data35.dr2;if(!(typeof data60=="number"&&(!(data60%1)&&!isNaN(data60))&&isFinite(data60))&&typeof data60!=="string"){const err150={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr2",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr2/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.dr2.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err150]}else{vErrors.push(
err150)}errors++}if(typeof data60=="number"&&isFinite(data60)){if(data60<0||isNaN(data60)){const err151={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/dr2",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr2/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err151]}else{vErrors.push(err151)}errors++}}if(typeof data60==="string"){if(!pattern10.test(data60)){const err152={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr2",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr2/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err152]}else{vErrors.push(err152)}errors++}}}if(data35.
dr3!==void 0){let data61=data35.dr3;if(!(typeof data61=="number"&&(!(data61%1)&&!isNaN(data61))&&isFinite(data61))&&typeof data61!=="string"){const err153={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr3",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr3/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.dr3.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err153]}else{vErrors.push(
err153)}errors++}if(typeof data61=="number"&&isFinite(data61)){if(data61<0||isNaN(data61)){const err154={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/dr3",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr3/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err154]}else{vErrors.push(err154)}errors++}}if(typeof data61==="string"){if(!pattern10.test(data61)){const err155={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr3",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr3/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err155]}else{vErrors.push(err155)}errors++}}}if(data35.
dr6!==void 0){let data62=data35.dr6;if(!(typeof data62=="number"&&(!(data62%1)&&!isNaN(data62))&&isFinite(data62))&&typeof data62!=="string"){const err156={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr6",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr6/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.dr6.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err156]}else{vErrors.push(
err156)}errors++}if(typeof data62=="number"&&isFinite(data62)){if(data62<0||isNaN(data62)){const err157={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/dr6",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr6/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err157]}else{vErrors.push(err157)}errors++}}if(typeof data62==="string"){if(!pattern10.test(data62)){const err158={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr6",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr6/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err158]}else{vErrors.push(err158)}errors++}}}if(data35.
dr7!==void 0){let data63=data35.dr7;if(!(typeof data63=="number"&&(!(data63%1)&&!isNaN(data63))&&isFinite(data63))&&typeof data63!=="string"){const err159={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr7",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr7/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.dr7.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err159]}else{vErrors.push(
err159)}errors++}if(typeof data63=="number"&&isFinite(data63)){if(data63<0||isNaN(data63)){const err160={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/dr7",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr7/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err160]}else{vErrors.push(err160)}errors++}}if(typeof data63==="string"){if(!pattern10.test(data63)){const err161={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/dr7",schemaPath:"#/properties/domains/items/properties/registers/items/properties/dr7/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err161]}else{vErrors.push(err161)}errors++}}}if(data35.
cs!==void 0){let data64=data35.cs;if(!(typeof data64=="number"&&(!(data64%1)&&!isNaN(data64))&&isFinite(data64))&&typeof data64!=="string"){const err162={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cs/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.cs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err162]}else{vErrors.push(
err162)}errors++}if(typeof data64=="number"&&isFinite(data64)){if(data64<0||isNaN(data64)){const err163={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/cs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err163]}else{vErrors.push(err163)}errors++}}if(typeof data64==="string"){if(!pattern10.test(data64)){const err164={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/cs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cs/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err164]}else{vErrors.push(err164)}errors++}}}if(data35.
ss!==void 0){let data65=data35.ss;if(!(typeof data65=="number"&&(!(data65%1)&&!isNaN(data65))&&isFinite(data65))&&typeof data65!=="string"){const err165={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/ss",schemaPath:"#/properties/domains/items/properties/registers/items/properties/ss/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.ss.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err165]}else{vErrors.push(
err165)}errors++}if(typeof data65=="number"&&isFinite(data65)){if(data65<0||isNaN(data65)){const err166={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/ss",schemaPath:"#/properties/domains/items/properties/registers/items/properties/ss/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err166]}else{vErrors.push(err166)}errors++}}if(typeof data65==="string"){if(!pattern10.test(data65)){const err167={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/ss",schemaPath:"#/properties/domains/items/properties/registers/items/properties/ss/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err167]}else{vErrors.push(err167)}errors++}}}if(data35.
ds!==void 0){let data66=data35.ds;if(!(typeof data66=="number"&&(!(data66%1)&&!isNaN(data66))&&isFinite(data66))&&typeof data66!=="string"){const err168={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/ds",schemaPath:"#/properties/domains/items/properties/registers/items/properties/ds/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.ds.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err168]}else{vErrors.push(
err168)}errors++}if(typeof data66=="number"&&isFinite(data66)){if(data66<0||isNaN(data66)){const err169={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/ds",schemaPath:"#/properties/domains/items/properties/registers/items/properties/ds/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err169]}else{vErrors.push(err169)}errors++}}if(typeof data66==="string"){if(!pattern10.test(data66)){const err170={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/ds",schemaPath:"#/properties/domains/items/properties/registers/items/properties/ds/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err170]}else{vErrors.push(err170)}errors++}}}if(data35.
es!==void 0){let data67=data35.es;if(!(typeof data67=="number"&&(!(data67%1)&&!isNaN(data67))&&isFinite(data67))&&typeof data67!=="string"){const err171={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/es",schemaPath:"#/properties/domains/items/properties/registers/items/properties/es/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.es.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err171]}else{vErrors.push(
err171)}errors++}if(typeof data67=="number"&&isFinite(data67)){if(data67<0||isNaN(data67)){const err172={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/es",schemaPath:"#/properties/domains/items/properties/registers/items/properties/es/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err172]}else{vErrors.push(err172)}errors++}}if(typeof data67==="string"){if(!pattern10.test(data67)){const err173={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/es",schemaPath:"#/properties/domains/items/properties/registers/items/properties/es/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err173]}else{vErrors.push(err173)}errors++}}}if(data35.
fs!==void 0){let data68=data35.fs;if(!(typeof data68=="number"&&(!(data68%1)&&!isNaN(data68))&&isFinite(data68))&&typeof data68!=="string"){const err174={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/fs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/fs/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.fs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err174]}else{vErrors.push(
err174)}errors++}if(typeof data68=="number"&&isFinite(data68)){if(data68<0||isNaN(data68)){const err175={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/fs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/fs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err175]}else{vErrors.push(err175)}errors++}}if(typeof data68==="string"){if(!pattern10.test(data68)){const err176={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/fs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/fs/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err176]}else{vErrors.push(err176)}errors++}}}if(data35.
gs!==void 0){let data69=data35.gs;if(!(typeof data69=="number"&&(!(data69%1)&&!isNaN(data69))&&isFinite(data69))&&typeof data69!=="string"){const err177={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/gs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/gs/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.gs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err177]}else{vErrors.push(
err177)}errors++}if(typeof data69=="number"&&isFinite(data69)){if(data69<0||isNaN(data69)){const err178={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/gs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/gs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err178]}else{vErrors.push(err178)}errors++}}if(typeof data69==="string"){if(!pattern10.test(data69)){const err179={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/gs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/gs/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err179]}else{vErrors.push(err179)}errors++}}}if(data35.
tr!==void 0){let data70=data35.tr;if(!(typeof data70=="number"&&(!(data70%1)&&!isNaN(data70))&&isFinite(data70))&&typeof data70!=="string"){const err180={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/tr",schemaPath:"#/properties/domains/items/properties/registers/items/properties/tr/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.tr.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err180]}else{vErrors.push(
err180)}errors++}if(typeof data70=="number"&&isFinite(data70)){if(data70<0||isNaN(data70)){const err181={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/tr",schemaPath:"#/properties/domains/items/properties/registers/items/properties/tr/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"mu\
st be >= 0"};if(vErrors===null){vErrors=[err181]}else{vErrors.push(err181)}errors++}}if(typeof data70==="string"){if(!pattern10.test(data70)){const err182={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/tr",schemaPath:"#/properties/domains/items/properties/registers/items/properties/tr/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err182]}else{vErrors.push(err182)}errors++}}}if(data35.
fs_base!==void 0){let data71=data35.fs_base;if(!(typeof data71=="number"&&(!(data71%1)&&!isNaN(data71))&&isFinite(data71))&&typeof data71!=="string"){const err183={
instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/fs_base",schemaPath:"#/properties/domains/items/properties/registers/items/properties/fs_base/type",
keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.fs_base.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err183]}else{vErrors.push(err183)}errors++}if(typeof data71=="number"&&isFinite(data71)){if(data71<0||isNaN(data71)){const err184={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/fs_base",schemaPath:"#/properties/domains/items/properties/registers/items/properties/fs_base/minimum",keyword:"minimum",params:{
comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err184]}else{vErrors.push(err184)}errors++}}if(typeof data71==="string"){if(!pattern10.
test(data71)){const err185={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/fs_base",schemaPath:"#/properties/domains/items/properties/registers/ite\
ms/properties/fs_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err185]}else{vErrors.push(err185)}errors++}}}if(data35.gs_base!==void 0){let data72=data35.gs_base;if(!(typeof data72=="number"&&(!(data72%1)&&!isNaN(data72))&&
isFinite(data72))&&typeof data72!=="string"){const err186={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/gs_base",schemaPath:"#/properties/domains\
/items/properties/registers/items/properties/gs_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.gs_base.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err186]}else{vErrors.push(err186)}errors++}if(typeof data72=="number"&&isFinite(data72)){if(data72<
0||isNaN(data72)){const err187={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/gs_base",schemaPath:"#/properties/domains/items/properties/registers\
/items/properties/gs_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err187]}else{vErrors.push(
err187)}errors++}}if(typeof data72==="string"){if(!pattern10.test(data72)){const err188={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/gs_base",schemaPath:"\
#/properties/domains/items/properties/registers/items/properties/gs_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match\
 pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err188]}else{vErrors.push(err188)}errors++}}}if(data35.shadow_gs!==void 0){let data73=data35.shadow_gs;
if(!(typeof data73=="number"&&(!(data73%1)&&!isNaN(data73))&&isFinite(data73))&&typeof data73!=="string"){const err189={instancePath:instancePath+"/domains/"+i4+
"/registers/"+i5+"/shadow_gs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/shadow_gs/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.shadow_gs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err189]}else{vErrors.
push(err189)}errors++}if(typeof data73=="number"&&isFinite(data73)){if(data73<0||isNaN(data73)){const err190={instancePath:instancePath+"/domains/"+i4+"/registe\
rs/"+i5+"/shadow_gs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/shadow_gs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},
message:"must be >= 0"};if(vErrors===null){vErrors=[err190]}else{vErrors.push(err190)}errors++}}if(typeof data73==="string"){if(!pattern10.test(data73)){const err191={
instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/shadow_gs",schemaPath:"#/properties/domains/items/properties/registers/items/properties/shadow_gs/pa\
ttern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err191]}else{
vErrors.push(err191)}errors++}}}if(data35.idtr_base!==void 0){let data74=data35.idtr_base;if(!(typeof data74=="number"&&(!(data74%1)&&!isNaN(data74))&&isFinite(
data74))&&typeof data74!=="string"){const err192={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/idtr_base",schemaPath:"#/properties/domains/items/\
properties/registers/items/properties/idtr_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.idtr_base.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err192]}else{vErrors.push(err192)}errors++}if(typeof data74=="number"&&isFinite(data74)){if(data74<
0||isNaN(data74)){const err193={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/idtr_base",schemaPath:"#/properties/domains/items/properties/registe\
rs/items/properties/idtr_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err193]}else{vErrors.
push(err193)}errors++}}if(typeof data74==="string"){if(!pattern10.test(data74)){const err194={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/idtr_b\
ase",schemaPath:"#/properties/domains/items/properties/registers/items/properties/idtr_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},
message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err194]}else{vErrors.push(err194)}errors++}}}if(data35.idtr_limit!==void 0){let data75=data35.
idtr_limit;if(!(typeof data75=="number"&&(!(data75%1)&&!isNaN(data75))&&isFinite(data75))&&typeof data75!=="string"){const err195={instancePath:instancePath+"/d\
omains/"+i4+"/registers/"+i5+"/idtr_limit",schemaPath:"#/properties/domains/items/properties/registers/items/properties/idtr_limit/type",keyword:"type",params:{
type:schema11.properties.domains.items.properties.registers.items.properties.idtr_limit.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err195]}else{
vErrors.push(err195)}errors++}if(typeof data75=="number"&&isFinite(data75)){if(data75<0||isNaN(data75)){const err196={instancePath:instancePath+"/domains/"+i4+"\
/registers/"+i5+"/idtr_limit",schemaPath:"#/properties/domains/items/properties/registers/items/properties/idtr_limit/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err196]}else{vErrors.push(err196)}errors++}}if(typeof data75==="string"){if(!pattern10.test(data75)){
const err197={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/idtr_limit",schemaPath:"#/properties/domains/items/properties/registers/items/properti\
es/idtr_limit/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=
[err197]}else{vErrors.push(err197)}errors++}}}if(data35.gdtr_base!==void 0){let data76=data35.gdtr_base;if(!(typeof data76=="number"&&(!(data76%1)&&!isNaN(data76))&&
isFinite(data76))&&typeof data76!=="string"){const err198={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/gdtr_base",schemaPath:"#/properties/domai\
ns/items/properties/registers/items/properties/gdtr_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.
gdtr_base.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err198]}else{vErrors.push(err198)}errors++}if(typeof data76=="number"&&isFinite(data76)){
if(data76<0||isNaN(data76)){const err199={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/gdtr_base",schemaPath:"#/properties/domains/items/properti\
es/registers/items/properties/gdtr_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err199]}else{
vErrors.push(err199)}errors++}}if(typeof data76==="string"){if(!pattern10.test(data76)){const err200={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+
"/gdtr_base",schemaPath:"#/properties/domains/items/properties/registers/items/properties/gdtr_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1\
,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err200]}else{vErrors.push(err200)}errors++}}}if(data35.gdtr_limit!==void 0){
let data77=data35.gdtr_limit;if(!(typeof data77=="number"&&(!(data77%1)&&!isNaN(data77))&&isFinite(data77))&&typeof data77!=="string"){const err201={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/gdtr_limit",schemaPath:"#/properties/domains/items/properties/registers/items/properties/gdtr_limit/type",keyword:"type",params:{
type:schema11.properties.domains.items.properties.registers.items.properties.gdtr_limit.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err201]}else{
vErrors.push(err201)}errors++}if(typeof data77=="number"&&isFinite(data77)){if(data77<0||isNaN(data77)){const err202={instancePath:instancePath+"/domains/"+i4+"\
/registers/"+i5+"/gdtr_limit",schemaPath:"#/properties/domains/items/properties/registers/items/properties/gdtr_limit/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err202]}else{vErrors.push(err202)}errors++}}if(typeof data77==="string"){if(!pattern10.test(data77)){
const err203={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/gdtr_limit",schemaPath:"#/properties/domains/items/properties/registers/items/properti\
es/gdtr_limit/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=
[err203]}else{vErrors.push(err203)}errors++}}}if(data35.tr_base!==void 0){let data78=data35.tr_base;if(!(typeof data78=="number"&&(!(data78%1)&&!isNaN(data78))&&
isFinite(data78))&&typeof data78!=="string"){const err204={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/tr_base",schemaPath:"#/properties/domains\
/items/properties/registers/items/properties/tr_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.tr_base.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err204]}else{vErrors.push(err204)}errors++}if(typeof data78=="number"&&isFinite(data78)){if(data78<
0||isNaN(data78)){const err205={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/tr_base",schemaPath:"#/properties/domains/items/properties/registers\
/items/properties/tr_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err205]}else{vErrors.push(
err205)}errors++}}if(typeof data78==="string"){if(!pattern10.test(data78)){const err206={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/tr_base",schemaPath:"\
#/properties/domains/items/properties/registers/items/properties/tr_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match\
 pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err206]}else{vErrors.push(err206)}errors++}}}if(data35.efer!==void 0){let data79=data35.efer;if(!(typeof data79==
"number"&&(!(data79%1)&&!isNaN(data79))&&isFinite(data79))&&typeof data79!=="string"){const err207={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/\
efer",schemaPath:"#/properties/domains/items/properties/registers/items/properties/efer/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
registers.items.properties.efer.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err207]}else{vErrors.push(err207)}errors++}if(typeof data79==
"number"&&isFinite(data79)){if(data79<0||isNaN(data79)){const err208={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/efer",schemaPath:"#/properties\
/domains/items/properties/registers/items/properties/efer/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){
vErrors=[err208]}else{vErrors.push(err208)}errors++}}if(typeof data79==="string"){if(!pattern10.test(data79)){const err209={instancePath:instancePath+"/domains/"+
i4+"/registers/"+i5+"/efer",schemaPath:"#/properties/domains/items/properties/registers/items/properties/efer/pattern",keyword:"pattern",params:{pattern:"^0x[0-\
9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err209]}else{vErrors.push(err209)}errors++}}}if(data35.lstar!==
void 0){let data80=data35.lstar;if(!(typeof data80=="number"&&(!(data80%1)&&!isNaN(data80))&&isFinite(data80))&&typeof data80!=="string"){const err210={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/lstar",schemaPath:"#/properties/domains/items/properties/registers/items/properties/lstar/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.lstar.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err210]}else{vErrors.push(
err210)}errors++}if(typeof data80=="number"&&isFinite(data80)){if(data80<0||isNaN(data80)){const err211={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/lstar",schemaPath:"#/properties/domains/items/properties/registers/items/properties/lstar/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err211]}else{vErrors.push(err211)}errors++}}if(typeof data80==="string"){if(!pattern10.test(data80)){const err212={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/lstar",schemaPath:"#/properties/domains/items/properties/registers/items/properties/lstar/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err212]}else{vErrors.push(err212)}errors++}}}if(data35.
star!==void 0){let data81=data35.star;if(!(typeof data81=="number"&&(!(data81%1)&&!isNaN(data81))&&isFinite(data81))&&typeof data81!=="string"){const err213={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/star",schemaPath:"#/properties/domains/items/properties/registers/items/properties/star/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.registers.items.properties.star.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err213]}else{vErrors.push(
err213)}errors++}if(typeof data81=="number"&&isFinite(data81)){if(data81<0||isNaN(data81)){const err214={instancePath:instancePath+"/domains/"+i4+"/registers/"+
i5+"/star",schemaPath:"#/properties/domains/items/properties/registers/items/properties/star/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};if(vErrors===null){vErrors=[err214]}else{vErrors.push(err214)}errors++}}if(typeof data81==="string"){if(!pattern10.test(data81)){const err215={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/star",schemaPath:"#/properties/domains/items/properties/registers/items/properties/star/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err215]}else{vErrors.push(err215)}errors++}}}if(data35.
cstar!==void 0){let data82=data35.cstar;if(!(typeof data82=="number"&&(!(data82%1)&&!isNaN(data82))&&isFinite(data82))&&typeof data82!=="string"){const err216={
instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/cstar",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cstar/type",keyword:"\
type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.cstar.type},message:"must be integer,string"};if(vErrors===null){vErrors=
[err216]}else{vErrors.push(err216)}errors++}if(typeof data82=="number"&&isFinite(data82)){if(data82<0||isNaN(data82)){const err217={instancePath:instancePath+"/\
domains/"+i4+"/registers/"+i5+"/cstar",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cstar/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err217]}else{vErrors.push(err217)}errors++}}if(typeof data82==="string"){if(!pattern10.test(data82)){
const err218={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/cstar",schemaPath:"#/properties/domains/items/properties/registers/items/properties/cs\
tar/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err218]}else{
vErrors.push(err218)}errors++}}}if(data35.syscall_mask!==void 0){let data83=data35.syscall_mask;if(!(typeof data83=="number"&&(!(data83%1)&&!isNaN(data83))&&isFinite(
data83))&&typeof data83!=="string"){const err219={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/syscall_mask",schemaPath:"#/properties/domains/ite\
ms/properties/registers/items/properties/syscall_mask/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.
syscall_mask.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err219]}else{vErrors.push(err219)}errors++}if(typeof data83=="number"&&isFinite(
data83)){if(data83<0||isNaN(data83)){const err220={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/syscall_mask",schemaPath:"#/properties/domains/it\
ems/properties/registers/items/properties/syscall_mask/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err220]}else{vErrors.push(err220)}errors++}}if(typeof data83==="string"){if(!pattern10.test(data83)){const err221={instancePath:instancePath+"/domains/"+i4+"/r\
egisters/"+i5+"/syscall_mask",schemaPath:"#/properties/domains/items/properties/registers/items/properties/syscall_mask/pattern",keyword:"pattern",params:{pattern:"\
^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err221]}else{vErrors.push(err221)}errors++}}}if(data35.
tsc_aux!==void 0){let data84=data35.tsc_aux;if(!(typeof data84=="number"&&(!(data84%1)&&!isNaN(data84))&&isFinite(data84))&&typeof data84!=="string"){const err222={
instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/tsc_aux",schemaPath:"#/properties/domains/items/properties/registers/items/properties/tsc_aux/type",
keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.items.properties.tsc_aux.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err222]}else{vErrors.push(err222)}errors++}if(typeof data84=="number"&&isFinite(data84)){if(data84<0||isNaN(data84)){const err223={instancePath:instancePath+
"/domains/"+i4+"/registers/"+i5+"/tsc_aux",schemaPath:"#/properties/domains/items/properties/registers/items/properties/tsc_aux/minimum",keyword:"minimum",params:{
comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err223]}else{vErrors.push(err223)}errors++}}if(typeof data84==="string"){if(!pattern10.
test(data84)){const err224={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5+"/tsc_aux",schemaPath:"#/properties/domains/items/properties/registers/ite\
ms/properties/tsc_aux/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err224]}else{vErrors.push(err224)}errors++}}}}else{const err225={instancePath:instancePath+"/domains/"+i4+"/registers/"+i5,schemaPath:"#/properties/dom\
ains/items/properties/registers/items/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err225]}else{vErrors.push(
err225)}errors++}}}if(data34&&typeof data34=="object"&&!Array.isArray(data34)){for(const key10 in data34){if(!func7.call(schema11.properties.domains.items.properties.
registers.properties,key10)){const err226={instancePath:instancePath+"/domains/"+i4+"/registers",schemaPath:"#/properties/domains/items/properties/registers/add\
itionalProperties",keyword:"additionalProperties",params:{additionalProperty:key10},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err226]}else{
vErrors.push(err226)}errors++}}if(data34.rax!==void 0){let data85=data34.rax;if(!(typeof data85=="number"&&(!(data85%1)&&!isNaN(data85))&&isFinite(data85))&&typeof data85!==
"string"){const err227={instancePath:instancePath+"/domains/"+i4+"/registers/rax",schemaPath:"#/properties/domains/items/properties/registers/properties/rax/typ\
e",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.rax.type},message:"must be integer,string"};if(vErrors===null){
vErrors=[err227]}else{vErrors.push(err227)}errors++}if(typeof data85=="number"&&isFinite(data85)){if(data85<0||isNaN(data85)){const err228={instancePath:instancePath+
"/domains/"+i4+"/registers/rax",schemaPath:"#/properties/domains/items/properties/registers/properties/rax/minimum",keyword:"minimum",params:{comparison:">=",limit:0},
message:"must be >= 0"};if(vErrors===null){vErrors=[err228]}else{vErrors.push(err228)}errors++}}if(typeof data85==="string"){if(!pattern10.test(data85)){const err229={
instancePath:instancePath+"/domains/"+i4+"/registers/rax",schemaPath:"#/properties/domains/items/properties/registers/properties/rax/pattern",keyword:"pattern",
params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err229]}else{vErrors.push(err229)}errors++}}}
if(data34.rbx!==void 0){let data86=data34.rbx;if(!(typeof data86=="number"&&(!(data86%1)&&!isNaN(data86))&&isFinite(data86))&&typeof data86!=="string"){const err230={
instancePath:instancePath+"/domains/"+i4+"/registers/rbx",schemaPath:"#/properties/domains/items/properties/registers/properties/rbx/type",keyword:"type",params:{
type:schema11.properties.domains.items.properties.registers.properties.rbx.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err230]}else{vErrors.
push(err230)}errors++}if(typeof data86=="number"&&isFinite(data86)){if(data86<0||isNaN(data86)){const err231={instancePath:instancePath+"/domains/"+i4+"/registe\
rs/rbx",schemaPath:"#/properties/domains/items/properties/registers/properties/rbx/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be \
>= 0"};if(vErrors===null){vErrors=[err231]}else{vErrors.push(err231)}errors++}}if(typeof data86==="string"){if(!pattern10.test(data86)){const err232={instancePath:instancePath+
"/domains/"+i4+"/registers/rbx",schemaPath:"#/properties/domains/items/properties/registers/properties/rbx/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-\
fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err232]}else{vErrors.push(err232)}errors++}}}if(data34.rcx!==void 0){
let data87=data34.rcx;if(!(typeof data87=="number"&&(!(data87%1)&&!isNaN(data87))&&isFinite(data87))&&typeof data87!=="string"){const err233={instancePath:instancePath+
"/domains/"+i4+"/registers/rcx",schemaPath:"#/properties/domains/items/properties/registers/properties/rcx/type",keyword:"type",params:{type:schema11.properties.
domains.items.properties.registers.properties.rcx.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err233]}else{vErrors.push(err233)}errors++}
if(typeof data87=="number"&&isFinite(data87)){if(data87<0||isNaN(data87)){const err234={instancePath:instancePath+"/domains/"+i4+"/registers/rcx",schemaPath:"#/\
properties/domains/items/properties/registers/properties/rcx/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){
vErrors=[err234]}else{vErrors.push(err234)}errors++}}if(typeof data87==="string"){if(!pattern10.test(data87)){const err235={instancePath:instancePath+"/domains/"+
i4+"/registers/rcx",schemaPath:"#/properties/domains/items/properties/registers/properties/rcx/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},
message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err235]}else{vErrors.push(err235)}errors++}}}if(data34.rdx!==void 0){let data88=data34.
rdx;if(!(typeof data88=="number"&&(!(data88%1)&&!isNaN(data88))&&isFinite(data88))&&typeof data88!=="string"){const err236={instancePath:instancePath+"/domains/"+
i4+"/registers/rdx",schemaPath:"#/properties/domains/items/properties/registers/properties/rdx/type",keyword:"type",params:{type:schema11.properties.domains.items.
properties.registers.properties.rdx.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err236]}else{vErrors.push(err236)}errors++}if(typeof data88==
"number"&&isFinite(data88)){if(data88<0||isNaN(data88)){const err237={instancePath:instancePath+"/domains/"+i4+"/registers/rdx",schemaPath:"#/properties/domains\
/items/properties/registers/properties/rdx/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err237]}else{
vErrors.push(err237)}errors++}}if(typeof data88==="string"){if(!pattern10.test(data88)){const err238={instancePath:instancePath+"/domains/"+i4+"/registers/rdx",
schemaPath:"#/properties/domains/items/properties/registers/properties/rdx/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must mat\
ch pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err238]}else{vErrors.push(err238)}errors++}}}if(data34.rsi!==void 0){let data89=data34.rsi;if(!(typeof data89==
"number"&&(!(data89%1)&&!isNaN(data89))&&isFinite(data89))&&typeof data89!=="string"){const err239={instancePath:instancePath+"/domains/"+i4+"/registers/rsi",schemaPath:"\
#/properties/domains/items/properties/registers/properties/rsi/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.
rsi.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err239]}else{vErrors.push(err239)}errors++}if(typeof data89=="number"&&isFinite(data89)){
if(data89<0||isNaN(data89)){const err240={instancePath:instancePath+"/domains/"+i4+"/registers/rsi",schemaPath:"#/properties/domains/items/properties/registers/\
properties/rsi/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err240]}else{vErrors.push(err240)}
errors++}}if(typeof data89==="string"){if(!pattern10.test(data89)){const err241={instancePath:instancePath+"/domains/"+i4+"/registers/rsi",schemaPath:"#/propert\
ies/domains/items/properties/registers/properties/rsi/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-\
fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err241]}else{vErrors.push(err241)}errors++}}}if(data34.rdi!==void 0){let data90=data34.rdi;if(!(typeof data90=="numb\
er"&&(!(data90%1)&&!isNaN(data90))&&isFinite(data90))&&typeof data90!=="string"){const err242={instancePath:instancePath+"/domains/"+i4+"/registers/rdi",schemaPath:"\
#/properties/domains/items/properties/registers/properties/rdi/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.
rdi.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err242]}else{vErrors.push(err242)}errors++}if(typeof data90=="number"&&isFinite(data90)){
if(data90<0||isNaN(data90)){const err243={instancePath:instancePath+"/domains/"+i4+"/registers/rdi",schemaPath:"#/properties/domains/items/properties/registers/\
properties/rdi/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err243]}else{vErrors.push(err243)}
errors++}}if(typeof data90==="string"){if(!pattern10.test(data90)){const err244={instancePath:instancePath+"/domains/"+i4+"/registers/rdi",schemaPath:"#/propert\
ies/domains/items/properties/registers/properties/rdi/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-\
fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err244]}else{vErrors.push(err244)}errors++}}}if(data34.rbp!==void 0){let data91=data34.rbp;if(!(typeof data91=="numb\
er"&&(!(data91%1)&&!isNaN(data91))&&isFinite(data91))&&typeof data91!=="string"){const err245={instancePath:instancePath+"/domains/"+i4+"/registers/rbp",schemaPath:"\
#/properties/domains/items/properties/registers/properties/rbp/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.
rbp.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err245]}else{vErrors.push(err245)}errors++}if(typeof data91=="number"&&isFinite(data91)){
if(data91<0||isNaN(data91)){const err246={instancePath:instancePath+"/domains/"+i4+"/registers/rbp",schemaPath:"#/properties/domains/items/properties/registers/\
properties/rbp/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err246]}else{vErrors.push(err246)}
errors++}}if(typeof data91==="string"){if(!pattern10.test(data91)){const err247={instancePath:instancePath+"/domains/"+i4+"/registers/rbp",schemaPath:"#/propert\
ies/domains/items/properties/registers/properties/rbp/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-\
fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err247]}else{vErrors.push(err247)}errors++}}}if(data34.rsp!==void 0){let data92=data34.rsp;if(!(typeof data92=="numb\
er"&&(!(data92%1)&&!isNaN(data92))&&isFinite(data92))&&typeof data92!=="string"){const err248={instancePath:instancePath+"/domains/"+i4+"/registers/rsp",schemaPath:"\
#/properties/domains/items/properties/registers/properties/rsp/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.
rsp.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err248]}else{vErrors.push(err248)}errors++}if(typeof data92=="number"&&isFinite(data92)){
if(data92<0||isNaN(data92)){const err249={instancePath:instancePath+"/domains/"+i4+"/registers/rsp",schemaPath:"#/properties/domains/items/properties/registers/\
properties/rsp/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err249]}else{vErrors.push(err249)}
errors++}}if(typeof data92==="string"){if(!pattern10.test(data92)){const err250={instancePath:instancePath+"/domains/"+i4+"/registers/rsp",schemaPath:"#/propert\
ies/domains/items/properties/registers/properties/rsp/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-\
fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err250]}else{vErrors.push(err250)}errors++}}}if(data34.r8!==void 0){let data93=data34.r8;if(!(typeof data93=="number"&&
(!(data93%1)&&!isNaN(data93))&&isFinite(data93))&&typeof data93!=="string"){const err251={instancePath:instancePath+"/domains/"+i4+"/registers/r8",schemaPath:"#\
/properties/domains/items/properties/registers/properties/r8/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.
r8.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err251]}else{vErrors.push(err251)}errors++}if(typeof data93=="number"&&isFinite(data93)){
if(data93<0||isNaN(data93)){const err252={instancePath:instancePath+"/domains/"+i4+"/registers/r8",schemaPath:"#/properties/domains/items/properties/registers/p\
roperties/r8/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err252]}else{vErrors.push(err252)}errors++}}
if(typeof data93==="string"){if(!pattern10.test(data93)){const err253={instancePath:instancePath+"/domains/"+i4+"/registers/r8",schemaPath:"#/properties/domains\
/items/properties/registers/properties/r8/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$\
"'};if(vErrors===null){vErrors=[err253]}else{vErrors.push(err253)}errors++}}}if(data34.r9!==void 0){let data94=data34.r9;if(!(typeof data94=="number"&&(!(data94%
1)&&!isNaN(data94))&&isFinite(data94))&&typeof data94!=="string"){const err254={instancePath:instancePath+"/domains/"+i4+"/registers/r9",schemaPath:"#/propertie\
s/domains/items/properties/registers/properties/r9/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r9.type},
message:"must be integer,string"};if(vErrors===null){vErrors=[err254]}else{vErrors.push(err254)}errors++}if(typeof data94=="number"&&isFinite(data94)){if(data94<
0||isNaN(data94)){const err255={instancePath:instancePath+"/domains/"+i4+"/registers/r9",schemaPath:"#/properties/domains/items/properties/registers/properties/\
r9/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err255]}else{vErrors.push(err255)}errors++}}if(typeof data94===
"string"){if(!pattern10.test(data94)){const err256={instancePath:instancePath+"/domains/"+i4+"/registers/r9",schemaPath:"#/properties/domains/items/properties/r\
egisters/properties/r9/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err256]}else{vErrors.push(err256)}errors++}}}if(data34.r10!==void 0){let data95=data34.r10;if(!(typeof data95=="number"&&(!(data95%1)&&!isNaN(data95))&&
isFinite(data95))&&typeof data95!=="string"){const err257={instancePath:instancePath+"/domains/"+i4+"/registers/r10",schemaPath:"#/properties/domains/items/prop\
erties/registers/properties/r10/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r10.type},message:"must be i\
nteger,string"};if(vErrors===null){vErrors=[err257]}else{vErrors.push(err257)}errors++}if(typeof data95=="number"&&isFinite(data95)){if(data95<0||isNaN(data95)){
const err258={instancePath:instancePath+"/domains/"+i4+"/registers/r10",schemaPath:"#/properties/domains/items/properties/registers/properties/r10/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err258]}else{vErrors.push(err258)}errors++}}if(typeof data95==="st\
ring"){if(!pattern10.test(data95)){const err259={instancePath:instancePath+"/domains/"+i4+"/registers/r10",schemaPath:"#/properties/domains/items/properties/reg\
isters/properties/r10/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err259]}else{vErrors.push(err259)}errors++}}}if(data34.r11!==void 0){let data96=data34.r11;if(!(typeof data96=="number"&&(!(data96%1)&&!isNaN(data96))&&
isFinite(data96))&&typeof data96!=="string"){const err260={instancePath:instancePath+"/domains/"+i4+"/registers/r11",schemaPath:"#/properties/domains/items/prop\
erties/registers/properties/r11/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r11.type},message:"must be i\
nteger,string"};if(vErrors===null){vErrors=[err260]}else{vErrors.push(err260)}errors++}if(typeof data96=="number"&&isFinite(data96)){if(data96<0||isNaN(data96)){
const err261={instancePath:instancePath+"/domains/"+i4+"/registers/r11",schemaPath:"#/properties/domains/items/properties/registers/properties/r11/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err261]}else{vErrors.push(err261)}errors++}}if(typeof data96==="st\
ring"){if(!pattern10.test(data96)){const err262={instancePath:instancePath+"/domains/"+i4+"/registers/r11",schemaPath:"#/properties/domains/items/properties/reg\
isters/properties/r11/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err262]}else{vErrors.push(err262)}errors++}}}if(data34.r12!==void 0){let data97=data34.r12;if(!(typeof data97=="number"&&(!(data97%1)&&!isNaN(data97))&&
isFinite(data97))&&typeof data97!=="string"){const err263={instancePath:instancePath+"/domains/"+i4+"/registers/r12",schemaPath:"#/properties/domains/items/prop\
erties/registers/properties/r12/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r12.type},message:"must be i\
nteger,string"};if(vErrors===null){vErrors=[err263]}else{vErrors.push(err263)}errors++}if(typeof data97=="number"&&isFinite(data97)){if(data97<0||isNaN(data97)){
const err264={instancePath:instancePath+"/domains/"+i4+"/registers/r12",schemaPath:"#/properties/domains/items/properties/registers/properties/r12/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err264]}else{vErrors.push(err264)}errors++}}if(typeof data97==="st\
ring"){if(!pattern10.test(data97)){const err265={instancePath:instancePath+"/domains/"+i4+"/registers/r12",schemaPath:"#/properties/domains/items/properties/reg\
isters/properties/r12/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err265]}else{vErrors.push(err265)}errors++}}}if(data34.r13!==void 0){let data98=data34.r13;if(!(typeof data98=="number"&&(!(data98%1)&&!isNaN(data98))&&
isFinite(data98))&&typeof data98!=="string"){const err266={instancePath:instancePath+"/domains/"+i4+"/registers/r13",schemaPath:"#/properties/domains/items/prop\
erties/registers/properties/r13/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r13.type},message:"must be i\
nteger,string"};if(vErrors===null){vErrors=[err266]}else{vErrors.push(err266)}errors++}if(typeof data98=="number"&&isFinite(data98)){if(data98<0||isNaN(data98)){
const err267={instancePath:instancePath+"/domains/"+i4+"/registers/r13",schemaPath:"#/properties/domains/items/properties/registers/properties/r13/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err267]}else{vErrors.push(err267)}errors++}}if(typeof data98==="st\
ring"){if(!pattern10.test(data98)){const err268={instancePath:instancePath+"/domains/"+i4+"/registers/r13",schemaPath:"#/properties/domains/items/properties/reg\
isters/properties/r13/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err268]}else{vErrors.push(err268)}errors++}}}if(data34.r14!==void 0){let data99=data34.r14;if(!(typeof data99=="number"&&(!(data99%1)&&!isNaN(data99))&&
isFinite(data99))&&typeof data99!=="string"){const err269={instancePath:instancePath+"/domains/"+i4+"/registers/r14",schemaPath:"#/properties/domains/items/prop\
erties/registers/properties/r14/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r14.type},message:"must be i\
nteger,string"};if(vErrors===null){vErrors=[err269]}else{vErrors.push(err269)}errors++}if(typeof data99=="number"&&isFinite(data99)){if(data99<0||isNaN(data99)){
const err270={instancePath:instancePath+"/domains/"+i4+"/registers/r14",schemaPath:"#/properties/domains/items/properties/registers/properties/r14/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err270]}else{vErrors.push(err270)}errors++}}if(typeof data99==="st\
ring"){if(!pattern10.test(data99)){const err271={instancePath:instancePath+"/domains/"+i4+"/registers/r14",schemaPath:"#/properties/domains/items/properties/reg\
isters/properties/r14/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err271]}else{vErrors.push(err271)}errors++}}}if(data34.r15!==void 0){let data100=data34.r15;if(!(typeof data100=="number"&&(!(data100%1)&&!isNaN(data100))&&
isFinite(data100))&&typeof data100!=="string"){const err272={instancePath:instancePath+"/domains/"+i4+"/registers/r15",schemaPath:"#/properties/domains/items/pr\
operties/registers/properties/r15/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.r15.type},message:"must be\
 integer,string"};if(vErrors===null){vErrors=[err272]}else{vErrors.push(err272)}errors++}if(typeof data100=="number"&&isFinite(data100)){if(data100<0||isNaN(data100)){
const err273={instancePath:instancePath+"/domains/"+i4+"/registers/r15",schemaPath:"#/properties/domains/items/properties/registers/properties/r15/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err273]}else{vErrors.push(err273)}errors++}}if(typeof data100==="s\
tring"){if(!pattern10.test(data100)){const err274={instancePath:instancePath+"/domains/"+i4+"/registers/r15",schemaPath:"#/properties/domains/items/properties/r\
egisters/properties/r15/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err274]}else{vErrors.push(err274)}errors++}}}if(data34.rip!==void 0){let data101=data34.rip;if(!(typeof data101=="number"&&(!(data101%1)&&!isNaN(data101))&&
isFinite(data101))&&typeof data101!=="string"){const err275={instancePath:instancePath+"/domains/"+i4+"/registers/rip",schemaPath:"#/properties/domains/items/pr\
operties/registers/properties/rip/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.rip.type},message:"must be\
 integer,string"};if(vErrors===null){vErrors=[err275]}else{vErrors.push(err275)}errors++}if(typeof data101=="number"&&isFinite(data101)){if(data101<0||isNaN(data101)){
const err276={instancePath:instancePath+"/domains/"+i4+"/registers/rip",schemaPath:"#/properties/domains/items/properties/registers/properties/rip/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err276]}else{vErrors.push(err276)}errors++}}if(typeof data101==="s\
tring"){if(!pattern10.test(data101)){const err277={instancePath:instancePath+"/domains/"+i4+"/registers/rip",schemaPath:"#/properties/domains/items/properties/r\
egisters/properties/rip/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err277]}else{vErrors.push(err277)}errors++}}}if(data34.rflags!==void 0){let data102=data34.rflags;if(!(typeof data102=="number"&&(!(data102%1)&&!isNaN(
data102))&&isFinite(data102))&&typeof data102!=="string"){const err278={instancePath:instancePath+"/domains/"+i4+"/registers/rflags",schemaPath:"#/properties/do\
mains/items/properties/registers/properties/rflags/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.rflags.type},
message:"must be integer,string"};if(vErrors===null){vErrors=[err278]}else{vErrors.push(err278)}errors++}if(typeof data102=="number"&&isFinite(data102)){if(data102<
0||isNaN(data102)){const err279={instancePath:instancePath+"/domains/"+i4+"/registers/rflags",schemaPath:"#/properties/domains/items/properties/registers/proper\
ties/rflags/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err279]}else{vErrors.push(err279)}errors++}}
if(typeof data102==="string"){if(!pattern10.test(data102)){const err280={instancePath:instancePath+"/domains/"+i4+"/registers/rflags",schemaPath:"#/properties/d\
omains/items/properties/registers/properties/rflags/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA\
-F]{1,16}$"'};if(vErrors===null){vErrors=[err280]}else{vErrors.push(err280)}errors++}}}if(data34.cr0!==void 0){let data103=data34.cr0;if(!(typeof data103=="numb\
er"&&(!(data103%1)&&!isNaN(data103))&&isFinite(data103))&&typeof data103!=="string"){const err281={instancePath:instancePath+"/domains/"+i4+"/registers/cr0",schemaPath:"\
#/properties/domains/items/properties/registers/properties/cr0/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.
cr0.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err281]}else{vErrors.push(err281)}errors++}if(typeof data103=="number"&&isFinite(data103)){
if(data103<0||isNaN(data103)){const err282={instancePath:instancePath+"/domains/"+i4+"/registers/cr0",schemaPath:"#/properties/domains/items/properties/register\
s/properties/cr0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err282]}else{vErrors.push(err282)}
errors++}}if(typeof data103==="string"){if(!pattern10.test(data103)){const err283={instancePath:instancePath+"/domains/"+i4+"/registers/cr0",schemaPath:"#/prope\
rties/domains/items/properties/registers/properties/cr0/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9\
a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err283]}else{vErrors.push(err283)}errors++}}}if(data34.cr2!==void 0){let data104=data34.cr2;if(!(typeof data104=="\
number"&&(!(data104%1)&&!isNaN(data104))&&isFinite(data104))&&typeof data104!=="string"){const err284={instancePath:instancePath+"/domains/"+i4+"/registers/cr2",
schemaPath:"#/properties/domains/items/properties/registers/properties/cr2/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.cr2.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err284]}else{vErrors.push(err284)}errors++}if(typeof data104=="number"&&isFinite(
data104)){if(data104<0||isNaN(data104)){const err285={instancePath:instancePath+"/domains/"+i4+"/registers/cr2",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/cr2/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err285]}else{vErrors.
push(err285)}errors++}}if(typeof data104==="string"){if(!pattern10.test(data104)){const err286={instancePath:instancePath+"/domains/"+i4+"/registers/cr2",schemaPath:"\
#/properties/domains/items/properties/registers/properties/cr2/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err286]}else{vErrors.push(err286)}errors++}}}if(data34.cr3!==void 0){let data105=data34.cr3;if(!(typeof data105==
"number"&&(!(data105%1)&&!isNaN(data105))&&isFinite(data105))&&typeof data105!=="string"){const err287={instancePath:instancePath+"/domains/"+i4+"/registers/cr3",
schemaPath:"#/properties/domains/items/properties/registers/properties/cr3/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.cr3.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err287]}else{vErrors.push(err287)}errors++}if(typeof data105=="number"&&isFinite(
data105)){if(data105<0||isNaN(data105)){const err288={instancePath:instancePath+"/domains/"+i4+"/registers/cr3",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/cr3/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err288]}else{vErrors.
push(err288)}errors++}}if(typeof data105==="string"){if(!pattern10.test(data105)){const err289={instancePath:instancePath+"/domains/"+i4+"/registers/cr3",schemaPath:"\
#/properties/domains/items/properties/registers/properties/cr3/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err289]}else{vErrors.push(err289)}errors++}}}if(data34.cr4!==void 0){let data106=data34.cr4;if(!(typeof data106==
"number"&&(!(data106%1)&&!isNaN(data106))&&isFinite(data106))&&typeof data106!=="string"){const err290={instancePath:instancePath+"/domains/"+i4+"/registers/cr4",
schemaPath:"#/properties/domains/items/properties/registers/properties/cr4/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.cr4.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err290]}else{vErrors.push(err290)}errors++}if(typeof data106=="number"&&isFinite(
data106)){if(data106<0||isNaN(data106)){const err291={instancePath:instancePath+"/domains/"+i4+"/registers/cr4",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/cr4/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err291]}else{vErrors.
push(err291)}errors++}}if(typeof data106==="string"){if(!pattern10.test(data106)){const err292={instancePath:instancePath+"/domains/"+i4+"/registers/cr4",schemaPath:"\
#/properties/domains/items/properties/registers/properties/cr4/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err292]}else{vErrors.push(err292)}errors++}}}if(data34.dr0!==void 0){let data107=data34.dr0;if(!(typeof data107==
"number"&&(!(data107%1)&&!isNaN(data107))&&isFinite(data107))&&typeof data107!=="string"){const err293={instancePath:instancePath+"/domains/"+i4+"/registers/dr0",
schemaPath:"#/properties/domains/items/properties/registers/properties/dr0/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.dr0.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err293]}else{vErrors.push(err293)}errors++}if(typeof data107=="number"&&isFinite(
data107)){if(data107<0||isNaN(data107)){const err294={instancePath:instancePath+"/domains/"+i4+"/registers/dr0",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/dr0/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err294]}else{vErrors.
push(err294)}errors++}}if(typeof data107==="string"){if(!pattern10.test(data107)){const err295={instancePath:instancePath+"/domains/"+i4+"/registers/dr0",schemaPath:"\
#/properties/domains/items/properties/registers/properties/dr0/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err295]}else{vErrors.push(err295)}errors++}}}if(data34.dr1!==void 0){let data108=data34.dr1;if(!(typeof data108==
"number"&&(!(data108%1)&&!isNaN(data108))&&isFinite(data108))&&typeof data108!=="string"){const err296={instancePath:instancePath+"/domains/"+i4+"/registers/dr1",
schemaPath:"#/properties/domains/items/properties/registers/properties/dr1/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.dr1.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err296]}else{vErrors.push(err296)}errors++}if(typeof data108=="number"&&isFinite(
data108)){if(data108<0||isNaN(data108)){const err297={instancePath:instancePath+"/domains/"+i4+"/registers/dr1",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/dr1/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err297]}else{vErrors.
push(err297)}errors++}}if(typeof data108==="string"){if(!pattern10.test(data108)){const err298={instancePath:instancePath+"/domains/"+i4+"/registers/dr1",schemaPath:"\
#/properties/domains/items/properties/registers/properties/dr1/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err298]}else{vErrors.push(err298)}errors++}}}if(data34.dr2!==void 0){let data109=data34.dr2;if(!(typeof data109==
"number"&&(!(data109%1)&&!isNaN(data109))&&isFinite(data109))&&typeof data109!=="string"){const err299={instancePath:instancePath+"/domains/"+i4+"/registers/dr2",
schemaPath:"#/properties/domains/items/properties/registers/properties/dr2/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.dr2.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err299]}else{vErrors.push(err299)}errors++}if(typeof data109=="number"&&isFinite(
data109)){if(data109<0||isNaN(data109)){const err300={instancePath:instancePath+"/domains/"+i4+"/registers/dr2",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/dr2/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err300]}else{vErrors.
push(err300)}errors++}}if(typeof data109==="string"){if(!pattern10.test(data109)){const err301={instancePath:instancePath+"/domains/"+i4+"/registers/dr2",schemaPath:"\
#/properties/domains/items/properties/registers/properties/dr2/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err301]}else{vErrors.push(err301)}errors++}}}if(data34.dr3!==void 0){let data110=data34.dr3;if(!(typeof data110==
"number"&&(!(data110%1)&&!isNaN(data110))&&isFinite(data110))&&typeof data110!=="string"){const err302={instancePath:instancePath+"/domains/"+i4+"/registers/dr3",
schemaPath:"#/properties/domains/items/properties/registers/properties/dr3/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.dr3.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err302]}else{vErrors.push(err302)}errors++}if(typeof data110=="number"&&isFinite(
data110)){if(data110<0||isNaN(data110)){const err303={instancePath:instancePath+"/domains/"+i4+"/registers/dr3",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/dr3/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err303]}else{vErrors.
push(err303)}errors++}}if(typeof data110==="string"){if(!pattern10.test(data110)){const err304={instancePath:instancePath+"/domains/"+i4+"/registers/dr3",schemaPath:"\
#/properties/domains/items/properties/registers/properties/dr3/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err304]}else{vErrors.push(err304)}errors++}}}if(data34.dr6!==void 0){let data111=data34.dr6;if(!(typeof data111==
"number"&&(!(data111%1)&&!isNaN(data111))&&isFinite(data111))&&typeof data111!=="string"){const err305={instancePath:instancePath+"/domains/"+i4+"/registers/dr6",
schemaPath:"#/properties/domains/items/properties/registers/properties/dr6/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.dr6.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err305]}else{vErrors.push(err305)}errors++}if(typeof data111=="number"&&isFinite(
data111)){if(data111<0||isNaN(data111)){const err306={instancePath:instancePath+"/domains/"+i4+"/registers/dr6",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/dr6/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err306]}else{vErrors.
push(err306)}errors++}}if(typeof data111==="string"){if(!pattern10.test(data111)){const err307={instancePath:instancePath+"/domains/"+i4+"/registers/dr6",schemaPath:"\
#/properties/domains/items/properties/registers/properties/dr6/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err307]}else{vErrors.push(err307)}errors++}}}if(data34.dr7!==void 0){let data112=data34.dr7;if(!(typeof data112==
"number"&&(!(data112%1)&&!isNaN(data112))&&isFinite(data112))&&typeof data112!=="string"){const err308={instancePath:instancePath+"/domains/"+i4+"/registers/dr7",
schemaPath:"#/properties/domains/items/properties/registers/properties/dr7/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.dr7.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err308]}else{vErrors.push(err308)}errors++}if(typeof data112=="number"&&isFinite(
data112)){if(data112<0||isNaN(data112)){const err309={instancePath:instancePath+"/domains/"+i4+"/registers/dr7",schemaPath:"#/properties/domains/items/propertie\
s/registers/properties/dr7/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err309]}else{vErrors.
push(err309)}errors++}}if(typeof data112==="string"){if(!pattern10.test(data112)){const err310={instancePath:instancePath+"/domains/"+i4+"/registers/dr7",schemaPath:"\
#/properties/domains/items/properties/registers/properties/dr7/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "\
^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err310]}else{vErrors.push(err310)}errors++}}}if(data34.cs!==void 0){let data113=data34.cs;if(!(typeof data113==
"number"&&(!(data113%1)&&!isNaN(data113))&&isFinite(data113))&&typeof data113!=="string"){const err311={instancePath:instancePath+"/domains/"+i4+"/registers/cs",
schemaPath:"#/properties/domains/items/properties/registers/properties/cs/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.cs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err311]}else{vErrors.push(err311)}errors++}if(typeof data113=="number"&&isFinite(
data113)){if(data113<0||isNaN(data113)){const err312={instancePath:instancePath+"/domains/"+i4+"/registers/cs",schemaPath:"#/properties/domains/items/properties\
/registers/properties/cs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err312]}else{vErrors.push(
err312)}errors++}}if(typeof data113==="string"){if(!pattern10.test(data113)){const err313={instancePath:instancePath+"/domains/"+i4+"/registers/cs",schemaPath:"\
#/properties/domains/items/properties/registers/properties/cs/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err313]}else{vErrors.push(err313)}errors++}}}if(data34.ss!==void 0){let data114=data34.ss;if(!(typeof data114==
"number"&&(!(data114%1)&&!isNaN(data114))&&isFinite(data114))&&typeof data114!=="string"){const err314={instancePath:instancePath+"/domains/"+i4+"/registers/ss",
schemaPath:"#/properties/domains/items/properties/registers/properties/ss/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.ss.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err314]}else{vErrors.push(err314)}errors++}if(typeof data114=="number"&&isFinite(
data114)){if(data114<0||isNaN(data114)){const err315={instancePath:instancePath+"/domains/"+i4+"/registers/ss",schemaPath:"#/properties/domains/items/properties\
/registers/properties/ss/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err315]}else{vErrors.push(
err315)}errors++}}if(typeof data114==="string"){if(!pattern10.test(data114)){const err316={instancePath:instancePath+"/domains/"+i4+"/registers/ss",schemaPath:"\
#/properties/domains/items/properties/registers/properties/ss/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err316]}else{vErrors.push(err316)}errors++}}}if(data34.ds!==void 0){let data115=data34.ds;if(!(typeof data115==
"number"&&(!(data115%1)&&!isNaN(data115))&&isFinite(data115))&&typeof data115!=="string"){const err317={instancePath:instancePath+"/domains/"+i4+"/registers/ds",
schemaPath:"#/properties/domains/items/properties/registers/properties/ds/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.ds.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err317]}else{vErrors.push(err317)}errors++}if(typeof data115=="number"&&isFinite(
data115)){if(data115<0||isNaN(data115)){const err318={instancePath:instancePath+"/domains/"+i4+"/registers/ds",schemaPath:"#/properties/domains/items/properties\
/registers/properties/ds/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err318]}else{vErrors.push(
err318)}errors++}}if(typeof data115==="string"){if(!pattern10.test(data115)){const err319={instancePath:instancePath+"/domains/"+i4+"/registers/ds",schemaPath:"\
#/properties/domains/items/properties/registers/properties/ds/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err319]}else{vErrors.push(err319)}errors++}}}if(data34.es!==void 0){let data116=data34.es;if(!(typeof data116==
"number"&&(!(data116%1)&&!isNaN(data116))&&isFinite(data116))&&typeof data116!=="string"){const err320={instancePath:instancePath+"/domains/"+i4+"/registers/es",
schemaPath:"#/properties/domains/items/properties/registers/properties/es/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.es.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err320]}else{vErrors.push(err320)}errors++}if(typeof data116=="number"&&isFinite(
data116)){if(data116<0||isNaN(data116)){const err321={instancePath:instancePath+"/domains/"+i4+"/registers/es",schemaPath:"#/properties/domains/items/properties\
/registers/properties/es/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err321]}else{vErrors.push(
err321)}errors++}}if(typeof data116==="string"){if(!pattern10.test(data116)){const err322={instancePath:instancePath+"/domains/"+i4+"/registers/es",schemaPath:"\
#/properties/domains/items/properties/registers/properties/es/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err322]}else{vErrors.push(err322)}errors++}}}if(data34.fs!==void 0){let data117=data34.fs;if(!(typeof data117==
"number"&&(!(data117%1)&&!isNaN(data117))&&isFinite(data117))&&typeof data117!=="string"){const err323={instancePath:instancePath+"/domains/"+i4+"/registers/fs",
schemaPath:"#/properties/domains/items/properties/registers/properties/fs/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.fs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err323]}else{vErrors.push(err323)}errors++}if(typeof data117=="number"&&isFinite(
data117)){if(data117<0||isNaN(data117)){const err324={instancePath:instancePath+"/domains/"+i4+"/registers/fs",schemaPath:"#/properties/domains/items/properties\
/registers/properties/fs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err324]}else{vErrors.push(
err324)}errors++}}if(typeof data117==="string"){if(!pattern10.test(data117)){const err325={instancePath:instancePath+"/domains/"+i4+"/registers/fs",schemaPath:"\
#/properties/domains/items/properties/registers/properties/fs/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err325]}else{vErrors.push(err325)}errors++}}}if(data34.gs!==void 0){let data118=data34.gs;if(!(typeof data118==
"number"&&(!(data118%1)&&!isNaN(data118))&&isFinite(data118))&&typeof data118!=="string"){const err326={instancePath:instancePath+"/domains/"+i4+"/registers/gs",
schemaPath:"#/properties/domains/items/properties/registers/properties/gs/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.gs.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err326]}else{vErrors.push(err326)}errors++}if(typeof data118=="number"&&isFinite(
data118)){if(data118<0||isNaN(data118)){const err327={instancePath:instancePath+"/domains/"+i4+"/registers/gs",schemaPath:"#/properties/domains/items/properties\
/registers/properties/gs/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err327]}else{vErrors.push(
err327)}errors++}}if(typeof data118==="string"){if(!pattern10.test(data118)){const err328={instancePath:instancePath+"/domains/"+i4+"/registers/gs",schemaPath:"\
#/properties/domains/items/properties/registers/properties/gs/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err328]}else{vErrors.push(err328)}errors++}}}if(data34.tr!==void 0){let data119=data34.tr;if(!(typeof data119==
"number"&&(!(data119%1)&&!isNaN(data119))&&isFinite(data119))&&typeof data119!=="string"){const err329={instancePath:instancePath+"/domains/"+i4+"/registers/tr",
schemaPath:"#/properties/domains/items/properties/registers/properties/tr/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.
properties.tr.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err329]}else{vErrors.push(err329)}errors++}if(typeof data119=="number"&&isFinite(
data119)){if(data119<0||isNaN(data119)){const err330={instancePath:instancePath+"/domains/"+i4+"/registers/tr",schemaPath:"#/properties/domains/items/properties\
/registers/properties/tr/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err330]}else{vErrors.push(
err330)}errors++}}if(typeof data119==="string"){if(!pattern10.test(data119)){const err331={instancePath:instancePath+"/domains/"+i4+"/registers/tr",schemaPath:"\
#/properties/domains/items/properties/registers/properties/tr/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^\
0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err331]}else{vErrors.push(err331)}errors++}}}if(data34.fs_base!==void 0){let data120=data34.fs_base;if(!(typeof data120==
"number"&&(!(data120%1)&&!isNaN(data120))&&isFinite(data120))&&typeof data120!=="string"){const err332={instancePath:instancePath+"/domains/"+i4+"/registers/fs_\
base",schemaPath:"#/properties/domains/items/properties/registers/properties/fs_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
registers.properties.fs_base.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err332]}else{vErrors.push(err332)}errors++}if(typeof data120=="\
number"&&isFinite(data120)){if(data120<0||isNaN(data120)){const err333={instancePath:instancePath+"/domains/"+i4+"/registers/fs_base",schemaPath:"#/properties/d\
omains/items/properties/registers/properties/fs_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err333]}else{vErrors.push(err333)}errors++}}if(typeof data120==="string"){if(!pattern10.test(data120)){const err334={instancePath:instancePath+"/domains/"+i4+"\
/registers/fs_base",schemaPath:"#/properties/domains/items/properties/registers/properties/fs_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,\
16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err334]}else{vErrors.push(err334)}errors++}}}if(data34.gs_base!==void 0){
let data121=data34.gs_base;if(!(typeof data121=="number"&&(!(data121%1)&&!isNaN(data121))&&isFinite(data121))&&typeof data121!=="string"){const err335={instancePath:instancePath+
"/domains/"+i4+"/registers/gs_base",schemaPath:"#/properties/domains/items/properties/registers/properties/gs_base/type",keyword:"type",params:{type:schema11.properties.
domains.items.properties.registers.properties.gs_base.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err335]}else{vErrors.push(err335)}errors++}
if(typeof data121=="number"&&isFinite(data121)){if(data121<0||isNaN(data121)){const err336={instancePath:instancePath+"/domains/"+i4+"/registers/gs_base",schemaPath:"\
#/properties/domains/items/properties/registers/properties/gs_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err336]}else{vErrors.push(err336)}errors++}}if(typeof data121==="string"){if(!pattern10.test(data121)){const err337={instancePath:instancePath+"/\
domains/"+i4+"/registers/gs_base",schemaPath:"#/properties/domains/items/properties/registers/properties/gs_base/pattern",keyword:"pattern",params:{pattern:"^0x\
[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err337]}else{vErrors.push(err337)}errors++}}}if(data34.shadow_gs!==
void 0){let data122=data34.shadow_gs;if(!(typeof data122=="number"&&(!(data122%1)&&!isNaN(data122))&&isFinite(data122))&&typeof data122!=="string"){const err338={
instancePath:instancePath+"/domains/"+i4+"/registers/shadow_gs",schemaPath:"#/properties/domains/items/properties/registers/properties/shadow_gs/type",keyword:"\
type",params:{type:schema11.properties.domains.items.properties.registers.properties.shadow_gs.type},message:"must be integer,string"};if(vErrors===null){vErrors=
[err338]}else{vErrors.push(err338)}errors++}if(typeof data122=="number"&&isFinite(data122)){if(data122<0||isNaN(data122)){const err339={instancePath:instancePath+
"/domains/"+i4+"/registers/shadow_gs",schemaPath:"#/properties/domains/items/properties/registers/properties/shadow_gs/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err339]}else{vErrors.push(err339)}errors++}}if(typeof data122==="string"){if(!pattern10.test(data122)){
const err340={instancePath:instancePath+"/domains/"+i4+"/registers/shadow_gs",schemaPath:"#/properties/domains/items/properties/registers/properties/shadow_gs/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err340]}else{
vErrors.push(err340)}errors++}}}if(data34.idtr_base!==void 0){let data123=data34.idtr_base;if(!(typeof data123=="number"&&(!(data123%1)&&!isNaN(data123))&&isFinite(
data123))&&typeof data123!=="string"){const err341={instancePath:instancePath+"/domains/"+i4+"/registers/idtr_base",schemaPath:"#/properties/domains/items/prope\
rties/registers/properties/idtr_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.idtr_base.type},message:"\
must be integer,string"};if(vErrors===null){vErrors=[err341]}else{vErrors.push(err341)}errors++}if(typeof data123=="number"&&isFinite(data123)){if(data123<0||isNaN(
data123)){const err342={instancePath:instancePath+"/domains/"+i4+"/registers/idtr_base",schemaPath:"#/properties/domains/items/properties/registers/properties/i\
dtr_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err342]}else{vErrors.push(err342)}errors++}}
if(typeof data123==="string"){if(!pattern10.test(data123)){const err343={instancePath:instancePath+"/domains/"+i4+"/registers/idtr_base",schemaPath:"#/propertie\
s/domains/items/properties/registers/properties/idtr_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0\
-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err343]}else{vErrors.push(err343)}errors++}}}if(data34.idtr_limit!==void 0){let data124=data34.idtr_limit;if(!(typeof data124==
"number"&&(!(data124%1)&&!isNaN(data124))&&isFinite(data124))&&typeof data124!=="string"){const err344={instancePath:instancePath+"/domains/"+i4+"/registers/idt\
r_limit",schemaPath:"#/properties/domains/items/properties/registers/properties/idtr_limit/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
registers.properties.idtr_limit.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err344]}else{vErrors.push(err344)}errors++}if(typeof data124==
"number"&&isFinite(data124)){if(data124<0||isNaN(data124)){const err345={instancePath:instancePath+"/domains/"+i4+"/registers/idtr_limit",schemaPath:"#/properti\
es/domains/items/properties/registers/properties/idtr_limit/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){
vErrors=[err345]}else{vErrors.push(err345)}errors++}}if(typeof data124==="string"){if(!pattern10.test(data124)){const err346={instancePath:instancePath+"/domain\
s/"+i4+"/registers/idtr_limit",schemaPath:"#/properties/domains/items/properties/registers/properties/idtr_limit/pattern",keyword:"pattern",params:{pattern:"^0x\
[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err346]}else{vErrors.push(err346)}errors++}}}if(data34.gdtr_base!==
void 0){let data125=data34.gdtr_base;if(!(typeof data125=="number"&&(!(data125%1)&&!isNaN(data125))&&isFinite(data125))&&typeof data125!=="string"){const err347={
instancePath:instancePath+"/domains/"+i4+"/registers/gdtr_base",schemaPath:"#/properties/domains/items/properties/registers/properties/gdtr_base/type",keyword:"\
type",params:{type:schema11.properties.domains.items.properties.registers.properties.gdtr_base.type},message:"must be integer,string"};if(vErrors===null){vErrors=
[err347]}else{vErrors.push(err347)}errors++}if(typeof data125=="number"&&isFinite(data125)){if(data125<0||isNaN(data125)){const err348={instancePath:instancePath+
"/domains/"+i4+"/registers/gdtr_base",schemaPath:"#/properties/domains/items/properties/registers/properties/gdtr_base/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err348]}else{vErrors.push(err348)}errors++}}if(typeof data125==="string"){if(!pattern10.test(data125)){
const err349={instancePath:instancePath+"/domains/"+i4+"/registers/gdtr_base",schemaPath:"#/properties/domains/items/properties/registers/properties/gdtr_base/p\
attern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err349]}else{
vErrors.push(err349)}errors++}}}if(data34.gdtr_limit!==void 0){let data126=data34.gdtr_limit;if(!(typeof data126=="number"&&(!(data126%1)&&!isNaN(data126))&&isFinite(
data126))&&typeof data126!=="string"){const err350={instancePath:instancePath+"/domains/"+i4+"/registers/gdtr_limit",schemaPath:"#/properties/domains/items/prop\
erties/registers/properties/gdtr_limit/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.gdtr_limit.type},message:"\
must be integer,string"};if(vErrors===null){vErrors=[err350]}else{vErrors.push(err350)}errors++}if(typeof data126=="number"&&isFinite(data126)){if(data126<0||isNaN(
data126)){const err351={instancePath:instancePath+"/domains/"+i4+"/registers/gdtr_limit",schemaPath:"#/properties/domains/items/properties/registers/properties/\
gdtr_limit/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err351]}else{vErrors.push(err351)}errors++}}
if(typeof data126==="string"){if(!pattern10.test(data126)){const err352={instancePath:instancePath+"/domains/"+i4+"/registers/gdtr_limit",schemaPath:"#/properti\
es/domains/items/properties/registers/properties/gdtr_limit/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x\
[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err352]}else{vErrors.push(err352)}errors++}}}if(data34.tr_base!==void 0){let data127=data34.tr_base;if(!(typeof data127==
"number"&&(!(data127%1)&&!isNaN(data127))&&isFinite(data127))&&typeof data127!=="string"){const err353={instancePath:instancePath+"/domains/"+i4+"/registers/tr_\
base",schemaPath:"#/properties/domains/items/properties/registers/properties/tr_base/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
registers.properties.tr_base.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err353]}else{vErrors.push(err353)}errors++}if(typeof data127=="\
number"&&isFinite(data127)){if(data127<0||isNaN(data127)){const err354={instancePath:instancePath+"/domains/"+i4+"/registers/tr_base",schemaPath:"#/properties/d\
omains/items/properties/registers/properties/tr_base/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err354]}else{vErrors.push(err354)}errors++}}if(typeof data127==="string"){if(!pattern10.test(data127)){const err355={instancePath:instancePath+"/domains/"+i4+"\
/registers/tr_base",schemaPath:"#/properties/domains/items/properties/registers/properties/tr_base/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,\
16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err355]}else{vErrors.push(err355)}errors++}}}if(data34.efer!==void 0){let data128=data34.
efer;if(!(typeof data128=="number"&&(!(data128%1)&&!isNaN(data128))&&isFinite(data128))&&typeof data128!=="string"){const err356={instancePath:instancePath+"/do\
mains/"+i4+"/registers/efer",schemaPath:"#/properties/domains/items/properties/registers/properties/efer/type",keyword:"type",params:{type:schema11.properties.domains.
items.properties.registers.properties.efer.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err356]}else{vErrors.push(err356)}errors++}if(typeof data128==
"number"&&isFinite(data128)){if(data128<0||isNaN(data128)){const err357={instancePath:instancePath+"/domains/"+i4+"/registers/efer",schemaPath:"#/properties/dom\
ains/items/properties/registers/properties/efer/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[
err357]}else{vErrors.push(err357)}errors++}}if(typeof data128==="string"){if(!pattern10.test(data128)){const err358={instancePath:instancePath+"/domains/"+i4+"/\
registers/efer",schemaPath:"#/properties/domains/items/properties/registers/properties/efer/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},
message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err358]}else{vErrors.push(err358)}errors++}}}if(data34.lstar!==void 0){let data129=data34.
lstar;if(!(typeof data129=="number"&&(!(data129%1)&&!isNaN(data129))&&isFinite(data129))&&typeof data129!=="string"){const err359={instancePath:instancePath+"/d\
omains/"+i4+"/registers/lstar",schemaPath:"#/properties/domains/items/properties/registers/properties/lstar/type",keyword:"type",params:{type:schema11.properties.
domains.items.properties.registers.properties.lstar.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err359]}else{vErrors.push(err359)}errors++}
if(typeof data129=="number"&&isFinite(data129)){if(data129<0||isNaN(data129)){const err360={instancePath:instancePath+"/domains/"+i4+"/registers/lstar",schemaPath:"\
#/properties/domains/items/properties/registers/properties/lstar/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err360]}else{vErrors.push(err360)}errors++}}if(typeof data129==="string"){if(!pattern10.test(data129)){const err361={instancePath:instancePath+"/\
domains/"+i4+"/registers/lstar",schemaPath:"#/properties/domains/items/properties/registers/properties/lstar/pattern",keyword:"pattern",params:{pattern:"^0x[0-9\
a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err361]}else{vErrors.push(err361)}errors++}}}if(data34.star!==
void 0){let data130=data34.star;if(!(typeof data130=="number"&&(!(data130%1)&&!isNaN(data130))&&isFinite(data130))&&typeof data130!=="string"){const err362={instancePath:instancePath+
"/domains/"+i4+"/registers/star",schemaPath:"#/properties/domains/items/properties/registers/properties/star/type",keyword:"type",params:{type:schema11.properties.
domains.items.properties.registers.properties.star.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err362]}else{vErrors.push(err362)}errors++}
if(typeof data130=="number"&&isFinite(data130)){if(data130<0||isNaN(data130)){const err363={instancePath:instancePath+"/domains/"+i4+"/registers/star",schemaPath:"\
#/properties/domains/items/properties/registers/properties/star/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err363]}else{vErrors.push(err363)}errors++}}if(typeof data130==="string"){if(!pattern10.test(data130)){const err364={instancePath:instancePath+"/\
domains/"+i4+"/registers/star",schemaPath:"#/properties/domains/items/properties/registers/properties/star/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-\
fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err364]}else{vErrors.push(err364)}errors++}}}if(data34.cstar!==
void 0){let data131=data34.cstar;if(!(typeof data131=="number"&&(!(data131%1)&&!isNaN(data131))&&isFinite(data131))&&typeof data131!=="string"){const err365={instancePath:instancePath+
"/domains/"+i4+"/registers/cstar",schemaPath:"#/properties/domains/items/properties/registers/properties/cstar/type",keyword:"type",params:{type:schema11.properties.
domains.items.properties.registers.properties.cstar.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err365]}else{vErrors.push(err365)}errors++}
if(typeof data131=="number"&&isFinite(data131)){if(data131<0||isNaN(data131)){const err366={instancePath:instancePath+"/domains/"+i4+"/registers/cstar",schemaPath:"\
#/properties/domains/items/properties/registers/properties/cstar/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err366]}else{vErrors.push(err366)}errors++}}if(typeof data131==="string"){if(!pattern10.test(data131)){const err367={instancePath:instancePath+"/\
domains/"+i4+"/registers/cstar",schemaPath:"#/properties/domains/items/properties/registers/properties/cstar/pattern",keyword:"pattern",params:{pattern:"^0x[0-9\
a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err367]}else{vErrors.push(err367)}errors++}}}if(data34.syscall_mask!==
void 0){let data132=data34.syscall_mask;if(!(typeof data132=="number"&&(!(data132%1)&&!isNaN(data132))&&isFinite(data132))&&typeof data132!=="string"){const err368={
instancePath:instancePath+"/domains/"+i4+"/registers/syscall_mask",schemaPath:"#/properties/domains/items/properties/registers/properties/syscall_mask/type",keyword:"\
type",params:{type:schema11.properties.domains.items.properties.registers.properties.syscall_mask.type},message:"must be integer,string"};if(vErrors===null){vErrors=
[err368]}else{vErrors.push(err368)}errors++}if(typeof data132=="number"&&isFinite(data132)){if(data132<0||isNaN(data132)){const err369={instancePath:instancePath+
"/domains/"+i4+"/registers/syscall_mask",schemaPath:"#/properties/domains/items/properties/registers/properties/syscall_mask/minimum",keyword:"minimum",params:{
comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err369]}else{vErrors.push(err369)}errors++}}if(typeof data132==="string"){if(!pattern10.
test(data132)){const err370={instancePath:instancePath+"/domains/"+i4+"/registers/syscall_mask",schemaPath:"#/properties/domains/items/properties/registers/prop\
erties/syscall_mask/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern "^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){
vErrors=[err370]}else{vErrors.push(err370)}errors++}}}if(data34.tsc_aux!==void 0){let data133=data34.tsc_aux;if(!(typeof data133=="number"&&(!(data133%1)&&!isNaN(
data133))&&isFinite(data133))&&typeof data133!=="string"){const err371={instancePath:instancePath+"/domains/"+i4+"/registers/tsc_aux",schemaPath:"#/properties/d\
omains/items/properties/registers/properties/tsc_aux/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.registers.properties.tsc_aux.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err371]}else{vErrors.push(err371)}errors++}if(typeof data133=="number"&&isFinite(data133)){if(data133<
0||isNaN(data133)){const err372={instancePath:instancePath+"/domains/"+i4+"/registers/tsc_aux",schemaPath:"#/properties/domains/items/properties/registers/prope\
rties/tsc_aux/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err372]}else{vErrors.push(err372)}
errors++}}if(typeof data133==="string"){if(!pattern10.test(data133)){const err373={instancePath:instancePath+"/domains/"+i4+"/registers/tsc_aux",schemaPath:"#/p\
roperties/domains/items/properties/registers/properties/tsc_aux/pattern",keyword:"pattern",params:{pattern:"^0x[0-9a-fA-F]{1,16}$"},message:'must match pattern \
"^0x[0-9a-fA-F]{1,16}$"'};if(vErrors===null){vErrors=[err373]}else{vErrors.push(err373)}errors++}}}}}if(data29.maxMemory!==void 0){let data134=data29.maxMemory;
if(!(typeof data134=="number"&&(!(data134%1)&&!isNaN(data134))&&isFinite(data134))&&typeof data134!=="string"){const err374={instancePath:instancePath+"/domains\
/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.maxMemory.
type},message:"must be integer,string"};if(vErrors===null){vErrors=[err374]}else{vErrors.push(err374)}errors++}if(typeof data134=="number"&&isFinite(data134)){if(data134<
1||isNaN(data134)){const err375={instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMemory/minimum",keyword:"\
minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err375]}else{vErrors.push(err375)}errors++}}if(typeof data134==="s\
tring"){if(!pattern0.test(data134)){const err376={instancePath:instancePath+"/domains/"+i4+"/maxMemory",schemaPath:"#/properties/domains/items/properties/maxMem\
ory/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern "^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err376]}else{
vErrors.push(err376)}errors++}}}if(data29.vcpus!==void 0){let data135=data29.vcpus;if(!(typeof data135=="number"&&(!(data135%1)&&!isNaN(data135))&&isFinite(data135))){
const err377={instancePath:instancePath+"/domains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/type",keyword:"type",params:{type:"integ\
er"},message:"must be integer"};if(vErrors===null){vErrors=[err377]}else{vErrors.push(err377)}errors++}if(typeof data135=="number"&&isFinite(data135)){if(data135>
512||isNaN(data135)){const err378={instancePath:instancePath+"/domains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/maximum",keyword:"m\
aximum",params:{comparison:"<=",limit:512},message:"must be <= 512"};if(vErrors===null){vErrors=[err378]}else{vErrors.push(err378)}errors++}if(data135<1||isNaN(
data135)){const err379={instancePath:instancePath+"/domains/"+i4+"/vcpus",schemaPath:"#/properties/domains/items/properties/vcpus/minimum",keyword:"minimum",params:{
comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err379]}else{vErrors.push(err379)}errors++}}}if(data29.maxVcpus!==void 0){let data136=data29.
maxVcpus;if(!(typeof data136=="number"&&(!(data136%1)&&!isNaN(data136))&&isFinite(data136))){const err380={instancePath:instancePath+"/domains/"+i4+"/maxVcpus",
schemaPath:"#/properties/domains/items/properties/maxVcpus/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err380]}else{
vErrors.push(err380)}errors++}if(typeof data136=="number"&&isFinite(data136)){if(data136>512||isNaN(data136)){const err381={instancePath:instancePath+"/domains/"+
i4+"/maxVcpus",schemaPath:"#/properties/domains/items/properties/maxVcpus/maximum",keyword:"maximum",params:{comparison:"<=",limit:512},message:"must be <= 512"};
if(vErrors===null){vErrors=[err381]}else{vErrors.push(err381)}errors++}if(data136<1||isNaN(data136)){const err382={instancePath:instancePath+"/domains/"+i4+"/ma\
xVcpus",schemaPath:"#/properties/domains/items/properties/maxVcpus/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===
null){vErrors=[err382]}else{vErrors.push(err382)}errors++}}}if(data29.state!==void 0){let data137=data29.state;if(!(data137==="running"||data137==="idle"||data137===
"paused"||data137==="shutdown"||data137==="crashed")){const err383={instancePath:instancePath+"/domains/"+i4+"/state",schemaPath:"#/properties/domains/items/pro\
perties/state/enum",keyword:"enum",params:{allowedValues:schema11.properties.domains.items.properties.state.enum},message:"must be equal to one of the allowed v\
alues"};if(vErrors===null){vErrors=[err383]}else{vErrors.push(err383)}errors++}}if(data29.load!==void 0){let data138=data29.load;if(typeof data138=="number"&&isFinite(
data138)){if(data138>1||isNaN(data138)){const err384={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/properties/load/ma\
ximum",keyword:"maximum",params:{comparison:"<=",limit:1},message:"must be <= 1"};if(vErrors===null){vErrors=[err384]}else{vErrors.push(err384)}errors++}if(data138<
0||isNaN(data138)){const err385={instancePath:instancePath+"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/properties/load/minimum",keyword:"minim\
um",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err385]}else{vErrors.push(err385)}errors++}}else{const err386={instancePath:instancePath+
"/domains/"+i4+"/load",schemaPath:"#/properties/domains/items/properties/load/type",keyword:"type",params:{type:"number"},message:"must be number"};if(vErrors===
null){vErrors=[err386]}else{vErrors.push(err386)}errors++}}if(data29.uptime!==void 0){let data139=data29.uptime;if(!(typeof data139=="number"&&isFinite(data139))&&
typeof data139!=="string"){const err387={instancePath:instancePath+"/domains/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/uptime/type",keyword:"\
type",params:{type:schema11.properties.domains.items.properties.uptime.type},message:"must be number,string"};if(vErrors===null){vErrors=[err387]}else{vErrors.push(
err387)}errors++}if(typeof data139=="number"&&isFinite(data139)){if(data139<0||isNaN(data139)){const err388={instancePath:instancePath+"/domains/"+i4+"/uptime",
schemaPath:"#/properties/domains/items/properties/uptime/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){
vErrors=[err388]}else{vErrors.push(err388)}errors++}}if(typeof data139==="string"){if(!pattern1.test(data139)){const err389={instancePath:instancePath+"/domains\
/"+i4+"/uptime",schemaPath:"#/properties/domains/items/properties/uptime/pattern",keyword:"pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'\
must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===null){vErrors=[err389]}else{vErrors.push(err389)}errors++}}}if(data29.cpuTime!==void 0){
let data140=data29.cpuTime;if(!(typeof data140=="number"&&isFinite(data140))&&typeof data140!=="string"){const err390={instancePath:instancePath+"/domains/"+i4+
"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.cpuTime.type},
message:"must be number,string"};if(vErrors===null){vErrors=[err390]}else{vErrors.push(err390)}errors++}if(typeof data140=="number"&&isFinite(data140)){if(data140<
0||isNaN(data140)){const err391={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err391]}else{vErrors.push(err391)}errors++}}if(typeof data140==="s\
tring"){if(!pattern1.test(data140)){const err392={instancePath:instancePath+"/domains/"+i4+"/cpuTime",schemaPath:"#/properties/domains/items/properties/cpuTime/\
pattern",keyword:"pattern",params:{pattern:"^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"},message:'must match pattern "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$"'};if(vErrors===
null){vErrors=[err392]}else{vErrors.push(err392)}errors++}}}if(data29.weight!==void 0){let data141=data29.weight;if(!(typeof data141=="number"&&(!(data141%1)&&!isNaN(
data141))&&isFinite(data141))){const err393={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/weight/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err393]}else{vErrors.push(err393)}errors++}if(typeof data141=="number"&&isFinite(
data141)){if(data141>65535||isNaN(data141)){const err394={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/w\
eight/maximum",keyword:"maximum",params:{comparison:"<=",limit:65535},message:"must be <= 65535"};if(vErrors===null){vErrors=[err394]}else{vErrors.push(err394)}
errors++}if(data141<1||isNaN(data141)){const err395={instancePath:instancePath+"/domains/"+i4+"/weight",schemaPath:"#/properties/domains/items/properties/weight\
/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err395]}else{vErrors.push(err395)}errors++}}}if(data29.
cap!==void 0){let data142=data29.cap;if(!(typeof data142=="number"&&(!(data142%1)&&!isNaN(data142))&&isFinite(data142))){const err396={instancePath:instancePath+
"/domains/"+i4+"/cap",schemaPath:"#/properties/domains/items/properties/cap/type",keyword:"type",params:{type:"integer"},message:"must be integer"};if(vErrors===
null){vErrors=[err396]}else{vErrors.push(err396)}errors++}if(typeof data142=="number"&&isFinite(data142)){if(data142>51200||isNaN(data142)){const err397={instancePath:instancePath+
"/domains/"+i4+"/cap",schemaPath:"#/properties/domains/items/properties/cap/maximum",keyword:"maximum",params:{comparison:"<=",limit:51200},message:"must be <= \
51200"};if(vErrors===null){vErrors=[err397]}else{vErrors.push(err397)}errors++}if(data142<0||isNaN(data142)){const err398={instancePath:instancePath+"/domains/"+
i4+"/cap",schemaPath:"#/properties/domains/items/properties/cap/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err398]}else{vErrors.push(err398)}errors++}}}if(data29.pool!==void 0){let data143=data29.pool;if(typeof data143==="string"){if(!pattern2.test(data143)){
const err399={instancePath:instancePath+"/domains/"+i4+"/pool",schemaPath:"#/properties/domains/items/properties/pool/pattern",keyword:"pattern",params:{pattern:"\
^[A-Za-z0-9_.+-]{1,64}$"},message:'must match pattern "^[A-Za-z0-9_.+-]{1,64}$"'};if(vErrors===null){vErrors=[err399]}else{vErrors.push(err399)}errors++}}else{const err400={
instancePath:instancePath+"/domains/"+i4+"/pool",schemaPath:"#/properties/domains/items/properties/pool/type",keyword:"type",params:{type:"string"},message:"mus\
t be string"};if(vErrors===null){vErrors=[err400]}else{vErrors.push(err400)}errors++}}if(data29.console!==void 0){let data144=data29.console;if(typeof data144!==
"string"&&!(data144&&typeof data144=="object"&&!Array.isArray(data144))){const err401={instancePath:instancePath+"/domains/"+i4+"/console",schemaPath:"#/propert\
ies/domains/items/properties/console/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.console.type},message:"must be string,object"};
if(vErrors===null){vErrors=[err401]}else{vErrors.push(err401)}errors++}if(typeof data144==="string"){if(func2(data144)>65536){const err402={instancePath:instancePath+
"/domains/"+i4+"/console",schemaPath:"#/properties/domains/items/properties/console/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have m\
ore than 65536 characters"};if(vErrors===null){vErrors=[err402]}else{vErrors.push(err402)}errors++}}if(data144&&typeof data144=="object"&&!Array.isArray(data144)){
for(const key11 in data144){if(!(key11==="text"||key11==="prompt"||key11==="shutdown"||key11==="answers")){const err403={instancePath:instancePath+"/domains/"+i4+
"/console",schemaPath:"#/properties/domains/items/properties/console/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key11},message:"\
must NOT have additional properties"};if(vErrors===null){vErrors=[err403]}else{vErrors.push(err403)}errors++}}if(data144.text!==void 0){let data145=data144.text;
if(typeof data145==="string"){if(func2(data145)>65536){const err404={instancePath:instancePath+"/domains/"+i4+"/console/text",schemaPath:"#/properties/domains/i\
tems/properties/console/properties/text/maxLength",keyword:"maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){
vErrors=[err404]}else{vErrors.push(err404)}errors++}}else{const err405={instancePath:instancePath+"/domains/"+i4+"/console/text",schemaPath:"#/properties/domain\
s/items/properties/console/properties/text/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err405]}else{vErrors.
push(err405)}errors++}}if(data144.prompt!==void 0){let data146=data144.prompt;if(typeof data146==="string"){if(func2(data146)>65536){const err406={instancePath:instancePath+
"/domains/"+i4+"/console/prompt",schemaPath:"#/properties/domains/items/properties/console/properties/prompt/maxLength",keyword:"maxLength",params:{limit:65536},
message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err406]}else{vErrors.push(err406)}errors++}}else{const err407={instancePath:instancePath+
"/domains/"+i4+"/console/prompt",schemaPath:"#/properties/domains/items/properties/console/properties/prompt/type",keyword:"type",params:{type:"string"},message:"\
must be string"};if(vErrors===null){vErrors=[err407]}else{vErrors.push(err407)}errors++}}if(data144.shutdown!==void 0){let data147=data144.shutdown;if(!(data147===
"poweroff"||data147==="reboot"||data147==="crash")){const err408={instancePath:instancePath+"/domains/"+i4+"/console/shutdown",schemaPath:"#/properties/domains/\
items/properties/console/properties/shutdown/enum",keyword:"enum",params:{allowedValues:schema11.properties.domains.items.properties.console.properties.shutdown.
enum},message:"must be equal to one of the allowed values"};if(vErrors===null){vErrors=[err408]}else{vErrors.push(err408)}errors++}}if(data144.answers!==void 0){
let data148=data144.answers;if(Array.isArray(data148)){if(data148.length>1e3){const err409={instancePath:instancePath+"/domains/"+i4+"/console/answers",schemaPath:"\
#/properties/domains/items/properties/console/properties/answers/maxItems",keyword:"maxItems",params:{limit:1e3},message:"must NOT have more than 1000 items"};if(vErrors===
null){vErrors=[err409]}else{vErrors.push(err409)}errors++}const len5=data148.length;for(let i6=0;i6<len5;i6++){let data149=data148[i6];if(data149&&typeof data149==
"object"&&!Array.isArray(data149)){if(data149.line===void 0){const err410={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i6,schemaPath:"#/propert\
ies/domains/items/properties/console/properties/answers/items/required",keyword:"required",params:{missingProperty:"line"},message:"must have required property \
'line'"};if(vErrors===null){vErrors=[err410]}else{vErrors.push(err410)}errors++}for(const key12 in data149){if(!(key12==="line"||key12==="say"||key12==="shutdow\
n")){const err411={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i6,schemaPath:"#/properties/domains/items/properties/console/properties/answers/\
items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key12},message:"must NOT have additional properties"};if(vErrors===null){vErrors=
[err411]}else{vErrors.push(err411)}errors++}}if(data149.line!==void 0){let data150=data149.line;if(typeof data150==="string"){if(func2(data150)>255){const err412={
instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i6+"/line",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/prope\
rties/line/maxLength",keyword:"maxLength",params:{limit:255},message:"must NOT have more than 255 characters"};if(vErrors===null){vErrors=[err412]}else{vErrors.
push(err412)}errors++}}else{const err413={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i6+"/line",schemaPath:"#/properties/domains/items/propert\
ies/console/properties/answers/items/properties/line/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err413]}else{
vErrors.push(err413)}errors++}}if(data149.say!==void 0){let data151=data149.say;if(typeof data151==="string"){if(func2(data151)>65536){const err414={instancePath:instancePath+
"/domains/"+i4+"/console/answers/"+i6+"/say",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/properties/say/maxLength",keyword:"\
maxLength",params:{limit:65536},message:"must NOT have more than 65536 characters"};if(vErrors===null){vErrors=[err414]}else{vErrors.push(err414)}errors++}}else{
const err415={instancePath:instancePath+"/domains/"+i4+"/console/answers/"+i6+"/say",schemaPath:"#/properties/domains/items/properties/console/properties/answer\
s/items/properties/say/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err415]}else{vErrors.push(err415)}errors++}}
if(data149.shutdown!==void 0){let data152=data149.shutdown;if(!(data152==="poweroff"||data152==="reboot"||data152==="crash")){const err416={instancePath:instancePath+
"/domains/"+i4+"/console/answers/"+i6+"/shutdown",schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/properties/shutdown/enum",keyword:"\
enum",params:{allowedValues:schema11.properties.domains.items.properties.console.properties.answers.items.properties.shutdown.enum},message:"must be equal to on\
e of the allowed values"};if(vErrors===null){vErrors=[err416]}else{vErrors.push(err416)}errors++}}}else{const err417={instancePath:instancePath+"/domains/"+i4+"\
/console/answers/"+i6,schemaPath:"#/properties/domains/items/properties/console/properties/answers/items/type",keyword:"type",params:{type:"object"},message:"mu\
st be object"};if(vErrors===null){vErrors=[err417]}else{vErrors.push(err417)}errors++}}}else{const err418={instancePath:instancePath+"/domains/"+i4+"/console/an\
swers",schemaPath:"#/properties/domains/items/properties/console/properties/answers/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===
null){vErrors=[err418]}else{vErrors.push(err418)}errors++}}}}if(data29.networks!==void 0){let data153=data29.networks;if(Array.isArray(data153)){if(data153.length>
64){const err419={instancePath:instancePath+"/domains/"+i4+"/networks",schemaPath:"#/properties/domains/items/properties/networks/maxItems",keyword:"maxItems",params:{
limit:64},message:"must NOT have more than 64 items"};if(vErrors===null){vErrors=[err419]}else{vErrors.push(err419)}errors++}const len6=data153.length;for(let i7=0;i7<
len6;i7++){let data154=data153[i7];if(data154&&typeof data154=="object"&&!Array.isArray(data154)){for(const key13 in data154){if(!(key13==="mac"||key13==="bridg\
e"||key13==="receive"||key13==="send")){const err420={instancePath:instancePath+"/domains/"+i4+"/networks/"+i7,schemaPath:"#/properties/domains/items/properties\
/networks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key13},message:"must NOT have additional properties"};if(vErrors===
null){vErrors=[err420]}else{vErrors.push(err420)}errors++}}if(data154.mac!==void 0){let data155=data154.mac;if(typeof data155==="string"){if(!pattern112.test(data155)){
const err421={instancePath:instancePath+"/domains/"+i4+"/networks/"+i7+"/mac",schemaPath:"#/properties/domains/items/properties/networks/items/properties/mac/pa\
ttern",keyword:"pattern",params:{pattern:"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"},message:'must match pattern "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"'};if(vErrors===null){vErrors=
[err421]}else{vErrors.push(err421)}errors++}}else{const err422={instancePath:instancePath+"/domains/"+i4+"/networks/"+i7+"/mac",schemaPath:"#/properties/domains\
/items/properties/networks/items/properties/mac/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err422]}else{vErrors.
push(err422)}errors++}}if(data154.bridge!==void 0){let data156=data154.bridge;if(typeof data156==="string"){if(!pattern113.test(data156)){const err423={instancePath:instancePath+
"/domains/"+i4+"/networks/"+i7+"/bridge",schemaPath:"#/properties/domains/items/properties/networks/items/properties/bridge/pattern",keyword:"pattern",params:{pattern:"\
^[A-Za-z0-9_.-]{1,15}$"},message:'must match pattern "^[A-Za-z0-9_.-]{1,15}$"'};if(vErrors===null){vErrors=[err423]}else{vErrors.push(err423)}errors++}}else{const err424={
instancePath:instancePath+"/domains/"+i4+"/networks/"+i7+"/bridge",schemaPath:"#/properties/domains/items/properties/networks/items/properties/bridge/type",keyword:"\
type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err424]}else{vErrors.push(err424)}errors++}}if(data154.receive!==void 0){let data157=data154.
receive;if(!(typeof data157=="number"&&(!(data157%1)&&!isNaN(data157))&&isFinite(data157))&&typeof data157!=="string"){const err425={instancePath:instancePath+"\
/domains/"+i4+"/networks/"+i7+"/receive",schemaPath:"#/properties/domains/items/properties/networks/items/properties/receive/type",keyword:"type",params:{type:schema11.
properties.domains.items.properties.networks.items.properties.receive.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err425]}else{vErrors.push(
err425)}errors++}if(typeof data157=="number"&&isFinite(data157)){if(data157<0||isNaN(data157)){const err426={instancePath:instancePath+"/domains/"+i4+"/networks\
/"+i7+"/receive",schemaPath:"#/properties/domains/items/properties/networks/items/properties/receive/minimum",keyword:"minimum",params:{comparison:">=",limit:0},
message:"must be >= 0"};if(vErrors===null){vErrors=[err426]}else{vErrors.push(err426)}errors++}}if(typeof data157==="string"){if(!pattern3.test(data157)){const err427={
instancePath:instancePath+"/domains/"+i4+"/networks/"+i7+"/receive",schemaPath:"#/properties/domains/items/properties/networks/items/properties/receive/pattern",
keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err427]}else{vErrors.push(err427)}errors++}}}
if(data154.send!==void 0){let data158=data154.send;if(!(typeof data158=="number"&&(!(data158%1)&&!isNaN(data158))&&isFinite(data158))&&typeof data158!=="string"){
const err428={instancePath:instancePath+"/domains/"+i4+"/networks/"+i7+"/send",schemaPath:"#/properties/domains/items/properties/networks/items/properties/send/\
type",keyword:"type",params:{type:schema11.properties.domains.items.properties.networks.items.properties.send.type},message:"must be integer,string"};if(vErrors===
null){vErrors=[err428]}else{vErrors.push(err428)}errors++}if(typeof data158=="number"&&isFinite(data158)){if(data158<0||isNaN(data158)){const err429={instancePath:instancePath+
"/domains/"+i4+"/networks/"+i7+"/send",schemaPath:"#/properties/domains/items/properties/networks/items/properties/send/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err429]}else{vErrors.push(err429)}errors++}}if(typeof data158==="string"){if(!pattern3.test(data158)){
const err430={instancePath:instancePath+"/domains/"+i4+"/networks/"+i7+"/send",schemaPath:"#/properties/domains/items/properties/networks/items/properties/send/\
pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err430]}else{vErrors.push(
err430)}errors++}}}}else{const err431={instancePath:instancePath+"/domains/"+i4+"/networks/"+i7,schemaPath:"#/properties/domains/items/properties/networks/items\
/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err431]}else{vErrors.push(err431)}errors++}}}else{const err432={
instancePath:instancePath+"/domains/"+i4+"/networks",schemaPath:"#/properties/domains/items/properties/networks/type",keyword:"type",params:{type:"array"},message:"\
must be array"};if(vErrors===null){vErrors=[err432]}else{vErrors.push(err432)}errors++}}if(data29.disks!==void 0){let data159=data29.disks;if(Array.isArray(data159)){
if(data159.length>16){const err433={instancePath:instancePath+"/domains/"+i4+"/disks",schemaPath:"#/properties/domains/items/properties/disks/maxItems",keyword:"\
maxItems",params:{limit:16},message:"must NOT have more than 16 items"};if(vErrors===null){vErrors=[err433]}else{vErrors.push(err433)}errors++}const len7=data159.
length;for(let i8=0;i8<len7;i8++){let data160=data159[i8];if(data160&&typeof data160=="object"&&!Array.isArray(data160)){if(data160.name===void 0){const err434={
instancePath:instancePath+"/domains/"+i4+"/disks/"+i8,schemaPath:"#/properties/domains/items/properties/disks/items/required",keyword:"required",params:{missingProperty:"\
name"},message:"must have required property 'name'"};if(vErrors===null){vErrors=[err434]}else{vErrors.push(err434)}errors++}for(const key14 in data160){if(!(key14===
"name"||key14==="readOnly"||key14==="size"||key14==="read"||key14==="write")){const err435={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8,schemaPath:"#/\
properties/domains/items/properties/disks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key14},message:"must NOT have ad\
ditional properties"};if(vErrors===null){vErrors=[err435]}else{vErrors.push(err435)}errors++}}if(data160.name!==void 0){let data161=data160.name;if(typeof data161===
"string"){if(!pattern116.test(data161)){const err436={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/name",schemaPath:"#/properties/domains/items/prope\
rties/disks/items/properties/name/pattern",keyword:"pattern",params:{pattern:"^xvd[a-p]$"},message:'must match pattern "^xvd[a-p]$"'};if(vErrors===null){vErrors=
[err436]}else{vErrors.push(err436)}errors++}}else{const err437={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/name",schemaPath:"#/properties/domains/i\
tems/properties/disks/items/properties/name/type",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err437]}else{vErrors.
push(err437)}errors++}}if(data160.readOnly!==void 0){if(typeof data160.readOnly!=="boolean"){const err438={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+
"/readOnly",schemaPath:"#/properties/domains/items/properties/disks/items/properties/readOnly/type",keyword:"type",params:{type:"boolean"},message:"must be bool\
ean"};if(vErrors===null){vErrors=[err438]}else{vErrors.push(err438)}errors++}}if(data160.size!==void 0){let data163=data160.size;if(!(typeof data163=="number"&&
(!(data163%1)&&!isNaN(data163))&&isFinite(data163))&&typeof data163!=="string"){const err439={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/size",schemaPath:"\
#/properties/domains/items/properties/disks/items/properties/size/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.disks.items.properties.
size.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err439]}else{vErrors.push(err439)}errors++}if(typeof data163=="number"&&isFinite(data163)){
if(data163<1||isNaN(data163)){const err440={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/size",schemaPath:"#/properties/domains/items/properties/disk\
s/items/properties/size/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};if(vErrors===null){vErrors=[err440]}else{vErrors.push(
err440)}errors++}}if(typeof data163==="string"){if(!pattern0.test(data163)){const err441={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/size",schemaPath:"\
#/properties/domains/items/properties/disks/items/properties/size/pattern",keyword:"pattern",params:{pattern:"^[1-9][0-9]*[KMGT]$"},message:'must match pattern \
"^[1-9][0-9]*[KMGT]$"'};if(vErrors===null){vErrors=[err441]}else{vErrors.push(err441)}errors++}}}if(data160.read!==void 0){let data164=data160.read;if(!(typeof data164==
"number"&&(!(data164%1)&&!isNaN(data164))&&isFinite(data164))&&typeof data164!=="string"){const err442={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/\
read",schemaPath:"#/properties/domains/items/properties/disks/items/properties/read/type",keyword:"type",params:{type:schema11.properties.domains.items.properties.
disks.items.properties.read.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err442]}else{vErrors.push(err442)}errors++}if(typeof data164=="n\
umber"&&isFinite(data164)){if(data164<0||isNaN(data164)){const err443={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/read",schemaPath:"#/properties/do\
mains/items/properties/disks/items/properties/read/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=
[err443]}else{vErrors.push(err443)}errors++}}if(typeof data164==="string"){if(!pattern3.test(data164)){const err444={instancePath:instancePath+"/domains/"+i4+"/\
disks/"+i8+"/read",schemaPath:"#/properties/domains/items/properties/disks/items/properties/read/pattern",keyword:"pattern",params:{pattern:"^[0-9]+[KMG]$"},message:'\
must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err444]}else{vErrors.push(err444)}errors++}}}if(data160.write!==void 0){let data165=data160.write;
if(!(typeof data165=="number"&&(!(data165%1)&&!isNaN(data165))&&isFinite(data165))&&typeof data165!=="string"){const err445={instancePath:instancePath+"/domains\
/"+i4+"/disks/"+i8+"/write",schemaPath:"#/properties/domains/items/properties/disks/items/properties/write/type",keyword:"type",params:{type:schema11.properties.
domains.items.properties.disks.items.properties.write.type},message:"must be integer,string"};if(vErrors===null){vErrors=[err445]}else{vErrors.push(err445)}errors++}
if(typeof data165=="number"&&isFinite(data165)){if(data165<0||isNaN(data165)){const err446={instancePath:instancePath+"/domains/"+i4+"/disks/"+i8+"/write",schemaPath:"\
#/properties/domains/items/properties/disks/items/properties/write/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===
null){vErrors=[err446]}else{vErrors.push(err446)}errors++}}if(typeof data165==="string"){if(!pattern3.test(data165)){const err447={instancePath:instancePath+"/d\
omains/"+i4+"/disks/"+i8+"/write",schemaPath:"#/properties/domains/items/properties/disks/items/properties/write/pattern",keyword:"pattern",params:{pattern:"^[0\
-9]+[KMG]$"},message:'must match pattern "^[0-9]+[KMG]$"'};if(vErrors===null){vErrors=[err447]}else{vErrors.push(err447)}errors++}}}}else{const err448={instancePath:instancePath+
"/domains/"+i4+"/disks/"+i8,schemaPath:"#/properties/domains/items/properties/disks/items/type",keyword:"type",params:{type:"object"},message:"must be object"};
if(vErrors===null){vErrors=[err448]}else{vErrors.push(err448)}errors++}}}else{const err449={instancePath:instancePath+"/domains/"+i4+"/disks",schemaPath:"#/prop\
erties/domains/items/properties/disks/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err449]}else{vErrors.push(
err449)}errors++}}}else{const err450={instancePath:instancePath+"/domains/"+i4,schemaPath:"#/properties/domains/items/type",keyword:"type",params:{type:"object"},
message:"must be object"};if(vErrors===null){vErrors=[err450]}else{vErrors.push(err450)}errors++}}}else{const err451={instancePath:instancePath+"/domains",schemaPath:"\
#/properties/domains/type",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err451]}else{vErrors.push(err451)}errors++}}}else{
const err452={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err452]}else{vErrors.
push(err452)}errors++}validate10.errors=vErrors;return errors===0}export{stdin_default as default,validate};
