@echo off
rem Starts the command line of clap4j, which lies beside this script's folder. Needs Java 17 or later, nothing else.
setlocal

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
rem Libraries use memory in a way that Java warns of from 24 on; the option that allows it is known from 23 on. The other
rem one is known from 17 on, so older ones fail here.
set "memory=--sun-misc-unsafe-memory-access=allow"
"%java%" %memory% -version >nul 2>&1
if errorlevel 1 set "memory="
"%java%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if errorlevel 1 (
  echo clap: Java 17 or later is needed; install it or set JAVA_HOME. 1>&2
  exit /b 1
)

rem Other versions of ONNX Runtime than ours, which one may name, report their use to their makers unless told not to.
if not defined ORT_DISABLE_TELEMETRY set "ORT_DISABLE_TELEMETRY=1"

rem A small young generation: what is calculated lives outside the heap, and garbage should not take its place.
"%java%" -XX:+UseParallelGC -XX:NewRatio=8 -XX:-UsePerfData -Xshare:auto --enable-native-access=ALL-UNNAMED %memory% %CLAP_JAVA_OPTIONS% -cp "%~dp0..\lib\*" dev.clap4j.cli.Clap %*
exit /b %errorlevel%
