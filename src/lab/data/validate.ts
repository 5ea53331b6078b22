// @ts-nocheck
// Written by scripts/generate/validators.ts from src/lab/schema.ts.
var __getOwnPropNames=Object.getOwnPropertyNames;var __commonJS=(cb,mod)=>function __require(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,
e}};var require_ucs2length=__commonJS({"node_modules/ajv/dist/runtime/ucs2length.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:true});
function ucs2length(str){const len=str.length;let length=0;let pos=0;let value;while(pos<len){length++;value=str.charCodeAt(pos++);if(value>=55296&&value<=56319&&
pos<len){value=str.charCodeAt(pos);if((value&64512)===56320)pos++}}return length}exports.default=ucs2length;ucs2length.code='require("ajv/dist/runtime/ucs2lengt\
h").default'}});var validate=validate21;var stdin_default=validate21;var func2=require_ucs2length().default;var func6=Object.prototype.hasOwnProperty;function validate21(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){
let vErrors=null;let errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.title===void 0){const err0={instancePath,keyword:"required",params:{
missingProperty:"title"},message:"must have required property 'title'"};if(vErrors===null){vErrors=[err0]}else{vErrors.push(err0)}errors++}if(data.checks===void 0){
const err1={instancePath,keyword:"required",params:{missingProperty:"checks"},message:"must have required property 'checks'"};if(vErrors===null){vErrors=[err1]}else{
vErrors.push(err1)}errors++}for(const key0 in data){if(!(key0==="title"||key0==="needs"||key0==="build"||key0==="options"||key0==="checks"||key0==="hints")){const err2={
instancePath,keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err2]}else{
vErrors.push(err2)}errors++}}if(data.title!==void 0){let data0=data.title;if(data0&&typeof data0=="object"&&!Array.isArray(data0)){if(data0.en===void 0){const err3={
instancePath:instancePath+"/title",keyword:"required",params:{missingProperty:"en"},message:"must have required property 'en'"};if(vErrors===null){vErrors=[err3]}else{
vErrors.push(err3)}errors++}if(data0.zh===void 0){const err4={instancePath:instancePath+"/title",keyword:"required",params:{missingProperty:"zh"},message:"must \
have required property 'zh'"};if(vErrors===null){vErrors=[err4]}else{vErrors.push(err4)}errors++}for(const key1 in data0){if(!(key1==="en"||key1==="zh")){const err5={
instancePath:instancePath+"/title",keyword:"additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional properties"};if(vErrors===null){
vErrors=[err5]}else{vErrors.push(err5)}errors++}}if(data0.en!==void 0){let data1=data0.en;if(typeof data1==="string"){if(func2(data1)<1){const err6={instancePath:instancePath+
"/title/en",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};if(vErrors===null){vErrors=[err6]}else{vErrors.push(err6)}errors++}}else{
const err7={instancePath:instancePath+"/title/en",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err7]}else{vErrors.
push(err7)}errors++}}if(data0.zh!==void 0){let data2=data0.zh;if(typeof data2==="string"){if(func2(data2)<1){const err8={instancePath:instancePath+"/title/zh",keyword:"\
minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};if(vErrors===null){vErrors=[err8]}else{vErrors.push(err8)}errors++}}else{const err9={
instancePath:instancePath+"/title/zh",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err9]}else{vErrors.push(err9)}
errors++}}}else{const err10={instancePath:instancePath+"/title",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err10]}else{
vErrors.push(err10)}errors++}}if(data.needs!==void 0){let data3=data.needs;if(Array.isArray(data3)){const len0=data3.length;for(let i0=0;i0<len0;i0++){let data4=data3[i0];
if(typeof data4==="string"){if(func2(data4)<1){const err11={instancePath:instancePath+"/needs/"+i0,keyword:"minLength",params:{limit:1},message:"must NOT have f\
ewer than 1 characters"};if(vErrors===null){vErrors=[err11]}else{vErrors.push(err11)}errors++}}else{const err12={instancePath:instancePath+"/needs/"+i0,keyword:"\
type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err12]}else{vErrors.push(err12)}errors++}}}else{const err13={instancePath:instancePath+
"/needs",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err13]}else{vErrors.push(err13)}errors++}}if(data.build!==void 0){
let data5=data.build;if(Array.isArray(data5)){const len1=data5.length;for(let i1=0;i1<len1;i1++){let data6=data5[i1];if(typeof data6==="string"){if(func2(data6)<
1){const err14={instancePath:instancePath+"/build/"+i1,keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};if(vErrors===null){
vErrors=[err14]}else{vErrors.push(err14)}errors++}}else{const err15={instancePath:instancePath+"/build/"+i1,keyword:"type",params:{type:"string"},message:"must \
be string"};if(vErrors===null){vErrors=[err15]}else{vErrors.push(err15)}errors++}}}else{const err16={instancePath:instancePath+"/build",keyword:"type",params:{type:"\
array"},message:"must be array"};if(vErrors===null){vErrors=[err16]}else{vErrors.push(err16)}errors++}}if(data.options!==void 0){let data7=data.options;if(Array.
isArray(data7)){const len2=data7.length;for(let i2=0;i2<len2;i2++){if(typeof data7[i2]!=="string"){const err17={instancePath:instancePath+"/options/"+i2,keyword:"\
type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err17]}else{vErrors.push(err17)}errors++}}}else{const err18={instancePath:instancePath+
"/options",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err18]}else{vErrors.push(err18)}errors++}}if(data.checks!==
void 0){let data9=data.checks;if(Array.isArray(data9)){if(data9.length<1){const err19={instancePath:instancePath+"/checks",keyword:"minItems",params:{limit:1},message:"\
must NOT have fewer than 1 items"};if(vErrors===null){vErrors=[err19]}else{vErrors.push(err19)}errors++}const len3=data9.length;for(let i3=0;i3<len3;i3++){let data10=data9[i3];
if(data10&&typeof data10=="object"&&!Array.isArray(data10)){if(data10.title===void 0){const err20={instancePath:instancePath+"/checks/"+i3,keyword:"required",params:{
missingProperty:"title"},message:"must have required property 'title'"};if(vErrors===null){vErrors=[err20]}else{vErrors.push(err20)}errors++}if(data10.run===void 0){
const err21={instancePath:instancePath+"/checks/"+i3,keyword:"required",params:{missingProperty:"run"},message:"must have required property 'run'"};if(vErrors===
null){vErrors=[err21]}else{vErrors.push(err21)}errors++}for(const key2 in data10){if(!func6.call(properties0,key2)){const err22={instancePath:instancePath+"/che\
cks/"+i3,keyword:"additionalProperties",params:{additionalProperty:key2},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err22]}else{
vErrors.push(err22)}errors++}}if(data10.title!==void 0){let data11=data10.title;if(data11&&typeof data11=="object"&&!Array.isArray(data11)){if(data11.en===void 0){
const err23={instancePath:instancePath+"/checks/"+i3+"/title",keyword:"required",params:{missingProperty:"en"},message:"must have required property 'en'"};if(vErrors===
null){vErrors=[err23]}else{vErrors.push(err23)}errors++}if(data11.zh===void 0){const err24={instancePath:instancePath+"/checks/"+i3+"/title",keyword:"required",
params:{missingProperty:"zh"},message:"must have required property 'zh'"};if(vErrors===null){vErrors=[err24]}else{vErrors.push(err24)}errors++}for(const key3 in data11){
if(!(key3==="en"||key3==="zh")){const err25={instancePath:instancePath+"/checks/"+i3+"/title",keyword:"additionalProperties",params:{additionalProperty:key3},message:"\
must NOT have additional properties"};if(vErrors===null){vErrors=[err25]}else{vErrors.push(err25)}errors++}}if(data11.en!==void 0){let data12=data11.en;if(typeof data12===
"string"){if(func2(data12)<1){const err26={instancePath:instancePath+"/checks/"+i3+"/title/en",keyword:"minLength",params:{limit:1},message:"must NOT have fewer\
 than 1 characters"};if(vErrors===null){vErrors=[err26]}else{vErrors.push(err26)}errors++}}else{const err27={instancePath:instancePath+"/checks/"+i3+"/title/en",
keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err27]}else{vErrors.push(err27)}errors++}}if(data11.zh!==void 0){let data13=data11.
zh;if(typeof data13==="string"){if(func2(data13)<1){const err28={instancePath:instancePath+"/checks/"+i3+"/title/zh",keyword:"minLength",params:{limit:1},message:"\
must NOT have fewer than 1 characters"};if(vErrors===null){vErrors=[err28]}else{vErrors.push(err28)}errors++}}else{const err29={instancePath:instancePath+"/chec\
ks/"+i3+"/title/zh",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err29]}else{vErrors.push(err29)}errors++}}}else{
const err30={instancePath:instancePath+"/checks/"+i3+"/title",keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err30]}else{
vErrors.push(err30)}errors++}}if(data10.run!==void 0){let data14=data10.run;if(typeof data14==="string"){if(func2(data14)<1){const err31={instancePath:instancePath+
"/checks/"+i3+"/run",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};if(vErrors===null){vErrors=[err31]}else{vErrors.push(
err31)}errors++}}else{const err32={instancePath:instancePath+"/checks/"+i3+"/run",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err32]}else{vErrors.push(err32)}errors++}}if(data10.options!==void 0){let data15=data10.options;if(Array.isArray(data15)){const len4=data15.length;for(let i4=0;i4<
len4;i4++){if(typeof data15[i4]!=="string"){const err33={instancePath:instancePath+"/checks/"+i3+"/options/"+i4,keyword:"type",params:{type:"string"},message:"m\
ust be string"};if(vErrors===null){vErrors=[err33]}else{vErrors.push(err33)}errors++}}}else{const err34={instancePath:instancePath+"/checks/"+i3+"/options",keyword:"\
type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err34]}else{vErrors.push(err34)}errors++}}if(data10.status!==void 0){let data17=data10.
status;if(!(typeof data17=="number"&&(!(data17%1)&&!isNaN(data17))&&isFinite(data17))){const err35={instancePath:instancePath+"/checks/"+i3+"/status",keyword:"t\
ype",params:{type:"integer"},message:"must be integer"};if(vErrors===null){vErrors=[err35]}else{vErrors.push(err35)}errors++}if(typeof data17=="number"&&isFinite(
data17)){if(data17>255||isNaN(data17)){const err36={instancePath:instancePath+"/checks/"+i3+"/status",keyword:"maximum",params:{comparison:"<=",limit:255},message:"\
must be <= 255"};if(vErrors===null){vErrors=[err36]}else{vErrors.push(err36)}errors++}if(data17<0||isNaN(data17)){const err37={instancePath:instancePath+"/check\
s/"+i3+"/status",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};if(vErrors===null){vErrors=[err37]}else{vErrors.push(err37)}errors++}}}
if(data10.prints!==void 0){let data18=data10.prints;if(Array.isArray(data18)){const len5=data18.length;for(let i5=0;i5<len5;i5++){if(typeof data18[i5]!=="string"){
const err38={instancePath:instancePath+"/checks/"+i3+"/prints/"+i5,keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err38]}else{
vErrors.push(err38)}errors++}}}else{const err39={instancePath:instancePath+"/checks/"+i3+"/prints",keyword:"type",params:{type:"array"},message:"must be array"};
if(vErrors===null){vErrors=[err39]}else{vErrors.push(err39)}errors++}}if(data10.dmesg!==void 0){let data20=data10.dmesg;if(Array.isArray(data20)){const len6=data20.
length;for(let i6=0;i6<len6;i6++){if(typeof data20[i6]!=="string"){const err40={instancePath:instancePath+"/checks/"+i3+"/dmesg/"+i6,keyword:"type",params:{type:"\
string"},message:"must be string"};if(vErrors===null){vErrors=[err40]}else{vErrors.push(err40)}errors++}}}else{const err41={instancePath:instancePath+"/checks/"+
i3+"/dmesg",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err41]}else{vErrors.push(err41)}errors++}}if(data10.quiet!==
void 0){let data22=data10.quiet;if(Array.isArray(data22)){const len7=data22.length;for(let i7=0;i7<len7;i7++){if(typeof data22[i7]!=="string"){const err42={instancePath:instancePath+
"/checks/"+i3+"/quiet/"+i7,keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err42]}else{vErrors.push(err42)}errors++}}}else{
const err43={instancePath:instancePath+"/checks/"+i3+"/quiet",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err43]}else{
vErrors.push(err43)}errors++}}if(data10.calls!==void 0){let data24=data10.calls;if(Array.isArray(data24)){const len8=data24.length;for(let i8=0;i8<len8;i8++){if(typeof data24[i8]!==
"string"){const err44={instancePath:instancePath+"/checks/"+i3+"/calls/"+i8,keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=
[err44]}else{vErrors.push(err44)}errors++}}}else{const err45={instancePath:instancePath+"/checks/"+i3+"/calls",keyword:"type",params:{type:"array"},message:"mus\
t be array"};if(vErrors===null){vErrors=[err45]}else{vErrors.push(err45)}errors++}}if(data10.fails!==void 0){let data26=data10.fails;if(Array.isArray(data26)){const len9=data26.
length;for(let i9=0;i9<len9;i9++){if(typeof data26[i9]!=="string"){const err46={instancePath:instancePath+"/checks/"+i3+"/fails/"+i9,keyword:"type",params:{type:"\
string"},message:"must be string"};if(vErrors===null){vErrors=[err46]}else{vErrors.push(err46)}errors++}}}else{const err47={instancePath:instancePath+"/checks/"+
i3+"/fails",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err47]}else{vErrors.push(err47)}errors++}}}else{const err48={
instancePath:instancePath+"/checks/"+i3,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err48]}else{vErrors.push(err48)}
errors++}}}else{const err49={instancePath:instancePath+"/checks",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err49]}else{
vErrors.push(err49)}errors++}}if(data.hints!==void 0){let data28=data.hints;if(Array.isArray(data28)){const len10=data28.length;for(let i10=0;i10<len10;i10++){let data29=data28[i10];
if(data29&&typeof data29=="object"&&!Array.isArray(data29)){if(Object.keys(data29).length<2){const err50={instancePath:instancePath+"/hints/"+i10,keyword:"minPr\
operties",params:{limit:2},message:"must NOT have fewer than 2 properties"};if(vErrors===null){vErrors=[err50]}else{vErrors.push(err50)}errors++}if(data29.hint===
void 0){const err51={instancePath:instancePath+"/hints/"+i10,keyword:"required",params:{missingProperty:"hint"},message:"must have required property 'hint'"};if(vErrors===
null){vErrors=[err51]}else{vErrors.push(err51)}errors++}for(const key4 in data29){if(!(key4==="cause"||key4==="prints"||key4==="dmesg"||key4==="says"||key4==="h\
int")){const err52={instancePath:instancePath+"/hints/"+i10,keyword:"additionalProperties",params:{additionalProperty:key4},message:"must NOT have additional pr\
operties"};if(vErrors===null){vErrors=[err52]}else{vErrors.push(err52)}errors++}}if(data29.cause!==void 0){if(typeof data29.cause!=="string"){const err53={instancePath:instancePath+
"/hints/"+i10+"/cause",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err53]}else{vErrors.push(err53)}errors++}}if(data29.
prints!==void 0){if(typeof data29.prints!=="string"){const err54={instancePath:instancePath+"/hints/"+i10+"/prints",keyword:"type",params:{type:"string"},message:"\
must be string"};if(vErrors===null){vErrors=[err54]}else{vErrors.push(err54)}errors++}}if(data29.dmesg!==void 0){if(typeof data29.dmesg!=="string"){const err55={
instancePath:instancePath+"/hints/"+i10+"/dmesg",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err55]}else{vErrors.
push(err55)}errors++}}if(data29.says!==void 0){if(typeof data29.says!=="string"){const err56={instancePath:instancePath+"/hints/"+i10+"/says",keyword:"type",params:{
type:"string"},message:"must be string"};if(vErrors===null){vErrors=[err56]}else{vErrors.push(err56)}errors++}}if(data29.hint!==void 0){let data34=data29.hint;if(data34&&
typeof data34=="object"&&!Array.isArray(data34)){if(data34.en===void 0){const err57={instancePath:instancePath+"/hints/"+i10+"/hint",keyword:"required",params:{
missingProperty:"en"},message:"must have required property 'en'"};if(vErrors===null){vErrors=[err57]}else{vErrors.push(err57)}errors++}if(data34.zh===void 0){const err58={
instancePath:instancePath+"/hints/"+i10+"/hint",keyword:"required",params:{missingProperty:"zh"},message:"must have required property 'zh'"};if(vErrors===null){
vErrors=[err58]}else{vErrors.push(err58)}errors++}for(const key5 in data34){if(!(key5==="en"||key5==="zh")){const err59={instancePath:instancePath+"/hints/"+i10+
"/hint",keyword:"additionalProperties",params:{additionalProperty:key5},message:"must NOT have additional properties"};if(vErrors===null){vErrors=[err59]}else{vErrors.
push(err59)}errors++}}if(data34.en!==void 0){let data35=data34.en;if(typeof data35==="string"){if(func2(data35)<1){const err60={instancePath:instancePath+"/hint\
s/"+i10+"/hint/en",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};if(vErrors===null){vErrors=[err60]}else{vErrors.push(err60)}
errors++}}else{const err61={instancePath:instancePath+"/hints/"+i10+"/hint/en",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===null){
vErrors=[err61]}else{vErrors.push(err61)}errors++}}if(data34.zh!==void 0){let data36=data34.zh;if(typeof data36==="string"){if(func2(data36)<1){const err62={instancePath:instancePath+
"/hints/"+i10+"/hint/zh",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};if(vErrors===null){vErrors=[err62]}else{vErrors.push(
err62)}errors++}}else{const err63={instancePath:instancePath+"/hints/"+i10+"/hint/zh",keyword:"type",params:{type:"string"},message:"must be string"};if(vErrors===
null){vErrors=[err63]}else{vErrors.push(err63)}errors++}}}else{const err64={instancePath:instancePath+"/hints/"+i10+"/hint",keyword:"type",params:{type:"object"},
message:"must be object"};if(vErrors===null){vErrors=[err64]}else{vErrors.push(err64)}errors++}}}else{const err65={instancePath:instancePath+"/hints/"+i10,keyword:"\
type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err65]}else{vErrors.push(err65)}errors++}}}else{const err66={instancePath:instancePath+
"/hints",keyword:"type",params:{type:"array"},message:"must be array"};if(vErrors===null){vErrors=[err66]}else{vErrors.push(err66)}errors++}}}else{const err67={
instancePath,keyword:"type",params:{type:"object"},message:"must be object"};if(vErrors===null){vErrors=[err67]}else{vErrors.push(err67)}errors++}validate21.errors=
vErrors;return errors===0}var properties0={"title":0,"run":0,"options":0,"status":0,"prints":0,"dmesg":0,"quiet":0,"calls":0,"fails":0};export{stdin_default as default,validate};
