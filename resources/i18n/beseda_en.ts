<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>ContextChip</name>
    <message numerus="yes">
        <source>%Ln characters</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message numerus="yes">
        <source>The first %Ln messages are left out</source>
        <translation>
            <numerusform>The first %Ln message is left out</numerusform>
            <numerusform>The first %Ln messages are left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages in the middle are left out</source>
        <translation>
            <numerusform>%Ln message in the middle is left out</numerusform>
            <numerusform>%Ln messages in the middle are left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportChoice</name>
    <message numerus="yes">
        <source>%Ln selected conversations</source>
        <translation>
            <numerusform>%Ln selected conversation</numerusform>
            <numerusform>%Ln selected conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%Ln conversations exported</source>
        <translation>
            <numerusform>%Ln conversation exported</numerusform>
            <numerusform>%Ln conversations exported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%Ln conversations were put into the trash.</source>
        <translation>
            <numerusform>%Ln conversation was put into the trash.</numerusform>
            <numerusform>%Ln conversations were put into the trash.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSentences</name>
    <message numerus="yes">
        <source>%Ln conversations came in</source>
        <translation>
            <numerusform>%Ln conversation came in</numerusform>
            <numerusform>%Ln conversations came in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more places</source>
        <translation>
            <numerusform>and %Ln more place</numerusform>
            <numerusform>and %Ln more places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversations were here already.</source>
        <translation>
            <numerusform>%Ln conversation was here already.</numerusform>
            <numerusform>%Ln conversations were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %Ln messages.</source>
        <translation>
            <numerusform>with %Ln message.</numerusform>
            <numerusform>with %Ln messages.</numerusform>
        </translation>
    </message>
</context>
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
    <name>ProfileForm</name>
    <message numerus="yes">
        <source>%Ln tokens</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PutBackQuestion</name>
    <message numerus="yes">
        <source>It holds %Ln conversations.</source>
        <translation>
            <numerusform>It holds %Ln conversation.</numerusform>
            <numerusform>It holds %Ln conversations.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveredNotice</name>
    <message numerus="yes">
        <source>Answers in %Ln conversations were interrupted when the program ended, the last one in “{title}”.</source>
        <translation>
            <numerusform>Answers in %Ln conversation were interrupted when the program ended, the last one in “{title}”.</numerusform>
            <numerusform>Answers in %Ln conversations were interrupted when the program ended, the last one in “{title}”.</numerusform>
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
    <message numerus="yes">
        <source>Answering: %Ln words a second</source>
        <translation>
            <numerusform>Answering: %Ln word a second</numerusform>
            <numerusform>Answering: %Ln words a second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answering: %Ln characters a second</source>
        <translation>
            <numerusform>Answering: %Ln character a second</numerusform>
            <numerusform>Answering: %Ln characters a second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidebarWishes</name>
    <message numerus="yes">
        <source>Delete %Ln conversations in the trash for good?</source>
        <translation>
            <numerusform>Delete %Ln conversation in the trash for good?</numerusform>
            <numerusform>Delete %Ln conversations in the trash for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln conversations for good?</source>
        <translation>
            <numerusform>Delete %Ln conversation for good?</numerusform>
            <numerusform>Delete %Ln conversations for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln conversations</source>
        <translation>
            <numerusform>Deleted %Ln conversation</numerusform>
            <numerusform>Deleted %Ln conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryTexts</name>
    <message numerus="yes">
        <source>Deleted %Ln days ago</source>
        <translation>
            <numerusform>Deleted %Ln day ago</numerusform>
            <numerusform>Deleted %Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kept %Ln more days</source>
        <translation>
            <numerusform>kept %Ln more day</numerusform>
            <numerusform>kept %Ln more days</numerusform>
        </translation>
    </message>
</context>
</TS>
