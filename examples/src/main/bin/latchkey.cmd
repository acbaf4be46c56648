@echo off
rem Starts the command line that lies in ..\latchkey.jar. See the script "latchkey" beside this one.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -XX:SharedArchiveFile="%home%\latchkey.jsa" -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "%home%\latchkey.jar" %*
exit /b %ERRORLEVEL%
