<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>PasteChip</name>
    <message numerus="yes">
        <source>Pasted text: %Ln characters</source>
        <translation>
            <numerusform>Pasted text: %Ln character</numerusform>
            <numerusform>Pasted text: %Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplyStatus</name>
    <message numerus="yes">
        <source>Done: %Ln characters in {seconds} s</source>
        <translation>
            <numerusform>Done: %Ln character in {seconds} s</numerusform>
            <numerusform>Done: %Ln characters in {seconds} s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answering: %Ln characters</source>
        <translation>
            <numerusform>Answering: %Ln character</numerusform>
            <numerusform>Answering: %Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %Ln characters</source>
        <translation>
            <numerusform>Stopped after %Ln character</numerusform>
            <numerusform>Stopped after %Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cut off after %Ln characters</source>
        <translation>
            <numerusform>Cut off after %Ln character</numerusform>
            <numerusform>Cut off after %Ln characters</numerusform>
        </translation>
    </message>
</context>
</TS>
