<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>A small, fast desktop chat client for language models.</source>
        <translation>Небольшая быстрая программа для бесед с языковыми моделями.</translation>
    </message>
    <message>
        <source>About Beseda</source>
        <translation>О программе</translation>
    </message>
    <message>
        <source>Enter: send; Shift+Enter: new line</source>
        <translation>Enter — отправить; Shift+Enter — новая строка</translation>
    </message>
    <message>
        <source>Esc: stop the answer, or go back to the message</source>
        <translation>Esc — остановить ответ или вернуться к сообщению</translation>
    </message>
    <message>
        <source>Ctrl+N: new conversation</source>
        <translation>Ctrl+N — новая беседа</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C: copy the last answer</source>
        <translation>Ctrl+Shift+C — скопировать последний ответ</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this notice</source>
        <translation>Закрыть уведомление</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Answer complete</source>
        <translation>Ответ готов</translation>
    </message>
    <message>
        <source>text</source>
        <translation>текст</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Ask anything…</source>
        <translation>Спросите о чём угодно…</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
</context>
<context>
    <name>ConversationLink</name>
    <message>
        <source>The demo</source>
        <translation>Демонстрация</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Conversations</source>
        <translation>Беседы</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Export…</source>
        <translation>Экспортировать…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>Переместить в папку</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>Новая папка…</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Удалить навсегда…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Вернуть из архива</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>В архив</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Без папки</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>The built-in demo answers; choose a real service below.</source>
        <translation>Отвечает встроенная демонстрация; настоящий сервис можно выбрать ниже.</translation>
    </message>
    <message>
        <source>{service} answers.</source>
        <translation>Отвечает {service}.</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>The answer is complete.</source>
        <translation>Ответ готов.</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Копировать ответ</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>Ответ остановлен.</translation>
    </message>
    <message>
        <source>The answer was cut off.</source>
        <translation>Ответ оборвался.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>This question has no answer yet.</source>
        <translation>На этот вопрос ещё нет ответа.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Спросить снова</translation>
    </message>
    <message>
        <source>The message was deleted.</source>
        <translation>Сообщение удалено.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
</context>
<context>
    <name>DeleteQuestion</name>
    <message>
        <source>This cannot be undone.</source>
        <translation>Это нельзя отменить.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Удалить навсегда</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>EditNotice</name>
    <message>
        <source>Changing an earlier message</source>
        <translation>Правка прежнего сообщения</translation>
    </message>
    <message>
        <source>Leave the message as it was</source>
        <translation>Оставить сообщение как было</translation>
    </message>
</context>
<context>
    <name>ErrorRow</name>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Копировать подробности</translation>
    </message>
    <message>
        <source>Free again in {clock}</source>
        <translation>Снова можно через {clock}</translation>
    </message>
</context>
<context>
    <name>ErrorWindow</name>
    <message>
        <source>Beseda has a problem</source>
        <translation>В программе ошибка</translation>
    </message>
    <message>
        <source>Something in the program went wrong. Your conversation is still there, and you can go on. The report below helps to mend it.</source>
        <translation>В программе что-то пошло не так. Беседа на месте, её можно продолжать. Отчёт ниже поможет исправить ошибку.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ExportChoice</name>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Куда</translation>
    </message>
    <message>
        <source>This conversation</source>
        <translation>Эту беседу</translation>
    </message>
    <message>
        <source>All conversations, except those in the trash</source>
        <translation>Все беседы, кроме тех, что в корзине</translation>
    </message>
    <message>
        <source>This conversation: “{title}”</source>
        <translation>Эту беседу: «{title}»</translation>
    </message>
    <message>
        <source>For notes and other programs; easy to read and to edit.</source>
        <translation>Для заметок и других программ; легко читать и править.</translation>
    </message>
    <message>
        <source>For reading and printing in a browser; looks as it does here.</source>
        <translation>Чтобы читать и печатать в браузере; выглядит как здесь.</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Простой текст</translation>
    </message>
    <message>
        <source>For any editor and any program.</source>
        <translation>Для любого редактора и любой программы.</translation>
    </message>
    <message>
        <source>Everything, with all versions of the answers; can be imported again.</source>
        <translation>Всё, со всеми версиями ответов; можно импортировать обратно.</translation>
    </message>
    <message>
        <source>A folder with a file for each conversation</source>
        <translation>В папку, по файлу на беседу</translation>
    </message>
    <message>
        <source>A ZIP with a file for each conversation</source>
        <translation>В ZIP, по файлу на беседу</translation>
    </message>
    <message>
        <source>One file with all of them</source>
        <translation>Все в один файл</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected conversations</source>
        <translation>
            <numerusform>%Ln выбранную беседу</numerusform>
            <numerusform>%Ln выбранные беседы</numerusform>
            <numerusform>%Ln выбранных бесед</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%Ln conversations exported</source>
        <translation>
            <numerusform>Экспортирована %Ln беседа</numerusform>
            <numerusform>Экспортировано %Ln беседы</numerusform>
            <numerusform>Экспортировано %Ln бесед</numerusform>
        </translation>
    </message>
    <message>
        <source>Export conversations</source>
        <translation>Экспорт бесед</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспортировать…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Отменено; ничего не записано.</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>Экспортировать нечего.</translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message>
        <source>Untitled</source>
        <translation>Без названия</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Ассистент</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Системная подсказка</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Размышления</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Создано</translation>
    </message>
    <message>
        <source>Stopped before its end.</source>
        <translation>Остановлено до конца.</translation>
    </message>
    <message>
        <source>The service broke off before the end.</source>
        <translation>Сервис прервал ответ до конца.</translation>
    </message>
    <message>
        <source>Failed.</source>
        <translation>Не удалось.</translation>
    </message>
    <message>
        <source>The program ended before the answer did.</source>
        <translation>Программа завершилась раньше ответа.</translation>
    </message>
    <message>
        <source>Still being written.</source>
        <translation>Ещё пишется.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the conversation</source>
        <translation>Найти в беседе</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Учитывать регистр</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Слова целиком</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Предыдущее совпадение</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Следующее совпадение</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Совпадений нет</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Идёт поиск…</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Совпадения</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Delete folder, keep conversations</source>
        <translation>Удалить папку, беседы оставить</translation>
    </message>
    <message>
        <source>Delete folder and conversations</source>
        <translation>Удалить папку вместе с беседами</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>All conversations</source>
        <translation>Все беседы</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Архив</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Folder {name}</source>
        <translation>Папка {name}</translation>
    </message>
</context>
<context>
    <name>FolderSection</name>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>свёрнуто</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>развёрнуто</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Меню</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>Показать или скрыть боковую панель</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>All files</source>
        <translation>Все файлы</translation>
    </message>
    <message>
        <source>Exported conversations</source>
        <translation>Экспортированные беседы</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>Импорт бесед</translation>
    </message>
    <message>
        <source>Choose what another program has exported: ChatGPT (the ZIP or conversations.json), Chatbox, LibreChat, Open WebUI, or Beseda’s own JSON. What is here already is not added again.</source>
        <translation>Выберите то, что экспортировала другая программа: ChatGPT (ZIP или conversations.json), Chatbox, LibreChat, Open WebUI — или собственный JSON Беседы. То, что здесь уже есть, второй раз не добавится.</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>Выбрать файлы…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversations were put into the trash.</source>
        <translation>
            <numerusform>%Ln беседа убрана в корзину.</numerusform>
            <numerusform>%Ln беседы убраны в корзину.</numerusform>
            <numerusform>%Ln бесед убрано в корзину.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; the files before that came in.</source>
        <translation>Отменено; предыдущие файлы импортированы.</translation>
    </message>
    <message>
        <source>Cancelled; nothing came in.</source>
        <translation>Отменено; ничего не импортировано.</translation>
    </message>
</context>
<context>
    <name>ImportReportView</name>
    <message>
        <source>What was left out</source>
        <translation>Что пропущено</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Скопировать отчёт</translation>
    </message>
    <message>
        <source>Put what was imported into the trash</source>
        <translation>Убрать импортированное в корзину</translation>
    </message>
</context>
<context>
    <name>ImportSentences</name>
    <message numerus="yes">
        <source>%Ln conversations came in</source>
        <translation>
            <numerusform>Импортирована %Ln беседа</numerusform>
            <numerusform>Импортировано %Ln беседы</numerusform>
            <numerusform>Импортировано %Ln бесед</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more places</source>
        <translation>
            <numerusform>и ещё %Ln место</numerusform>
            <numerusform>и ещё %Ln места</numerusform>
            <numerusform>и ещё %Ln мест</numerusform>
        </translation>
    </message>
    <message>
        <source>No new conversation came in.</source>
        <translation>Новых бесед не импортировано.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversations were here already.</source>
        <translation>
            <numerusform>%Ln беседа здесь уже была.</numerusform>
            <numerusform>%Ln беседы здесь уже были.</numerusform>
            <numerusform>%Ln бесед здесь уже было.</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out, because it is no conversation</source>
        <translation>Пропущено, так как это не беседа</translation>
    </message>
    <message>
        <source>Left out, because the file is damaged</source>
        <translation>Пропущено, так как файл повреждён</translation>
    </message>
    <message>
        <source>Left out, because nothing is said in it</source>
        <translation>Пропущено, так как в беседе ничего не сказано</translation>
    </message>
    <message>
        <source>Messages left out, because they have no text</source>
        <translation>Сообщения без текста пропущены</translation>
    </message>
    <message>
        <source>Messages left out, because they came twice</source>
        <translation>Повторные сообщения пропущены</translation>
    </message>
    <message>
        <source>Messages between a model and its tools left out</source>
        <translation>Сообщения между моделью и её инструментами пропущены</translation>
    </message>
    <message>
        <source>Pictures and files left out; the text marks where</source>
        <translation>Картинки и файлы пропущены; их места отмечены в тексте</translation>
    </message>
    <message>
        <source>Messages that followed nothing; they begin a branch of their own</source>
        <translation>Сообщения без предыдущего; с них начинается своя ветвь</translation>
    </message>
    <message>
        <source>Settings left out, because they are not understood</source>
        <translation>Непонятные настройки пропущены</translation>
    </message>
    <message numerus="yes">
        <source>with %Ln messages.</source>
        <translation>
            <numerusform>сообщений: %Ln.</numerusform>
            <numerusform>сообщений: %Ln.</numerusform>
            <numerusform>сообщений: %Ln.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>To the end</source>
        <translation>В конец</translation>
    </message>
    <message>
        <source>New text below</source>
        <translation>Ниже новый текст</translation>
    </message>
</context>
<context>
    <name>LinkQuestion</name>
    <message>
        <source>Open this address?</source>
        <translation>Открыть этот адрес?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Скопировать адрес</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
</context>
<context>
    <name>MessageActions</name>
    <message>
        <source>Copy message</source>
        <translation>Скопировать сообщение</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Изменить и отправить снова</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Ответить снова</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>Удалить сообщение</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Другие действия</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Действия</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Copy message</source>
        <translation>Скопировать сообщение</translation>
    </message>
    <message>
        <source>Copy message as</source>
        <translation>Скопировать сообщение как</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>Текст с оформлением</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Простой текст</translation>
    </message>
    <message>
        <source>Select text</source>
        <translation>Выделить текст</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Изменить и отправить снова</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Ответить снова</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>Удалить сообщение</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>Скопировать выделенное</translation>
    </message>
    <message>
        <source>Open link…</source>
        <translation>Открыть ссылку…</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>Скопировать адрес ссылки</translation>
    </message>
    <message>
        <source>Wrap or scroll code</source>
        <translation>Переносить или прокручивать код</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Скопировать код</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Ссылки</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Предыдущая версия</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Следующая версия</translation>
    </message>
    <message>
        <source>Answer again with</source>
        <translation>Ответить иначе через</translation>
    </message>
</context>
<context>
    <name>MirrorDialog</name>
    <message>
        <source>Markdown mirror</source>
        <translation>Зеркало в Markdown</translation>
    </message>
    <message>
        <source>Keeps every conversation as a Markdown file in a folder of yours as well, for Obsidian, git or Syncthing. The files follow the conversations; a file that you have edited is left alone.</source>
        <translation>Хранит каждую беседу ещё и файлом Markdown в выбранной папке: для Obsidian, git или Syncthing. Файлы следуют за беседами; файл, который вы правили, не трогается.</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Выбрать папку…</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Выключить</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>It is switched off.</source>
        <translation>Сейчас выключено.</translation>
    </message>
    <message>
        <source>It is switched off; the files stay where they are.</source>
        <translation>Выключено; файлы остаются на месте.</translation>
    </message>
    <message>
        <source>The files are in {folder}</source>
        <translation>Файлы лежат в {folder}</translation>
    </message>
</context>
<context>
    <name>MirrorLink</name>
    <message>
        <source>Choose another folder…</source>
        <translation>Выбрать другую папку…</translation>
    </message>
    <message>
        <source>The Markdown files are not up to date: {problem}</source>
        <translation>Файлы Markdown не обновлены: {problem}</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Demo</source>
        <translation>Демонстрация</translation>
    </message>
    <message>
        <source>Demo, built in</source>
        <translation>Демонстрация, встроенная</translation>
    </message>
    <message>
        <source>Another AI Power site…</source>
        <translation>Другой сайт с AI Power…</translation>
    </message>
    <message>
        <source>Service and model: {name}</source>
        <translation>Сервис и модель: {name}</translation>
    </message>
</context>
<context>
    <name>PasteChip</name>
    <message>
        <source>Remove the pasted text</source>
        <translation>Убрать вставленный текст</translation>
    </message>
    <message numerus="yes">
        <source>Pasted text: %Ln characters</source>
        <translation>
            <numerusform>Вставленный текст: %Ln символ</numerusform>
            <numerusform>Вставленный текст: %Ln символа</numerusform>
            <numerusform>Вставленный текст: %Ln символов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message>
        <source>Back to all conversations</source>
        <translation>Назад ко всем беседам</translation>
    </message>
    <message>
        <source>Empty trash</source>
        <translation>Очистить корзину</translation>
    </message>
</context>
<context>
    <name>PutBackQuestion</name>
    <message numerus="yes">
        <source>It holds %Ln conversations.</source>
        <translation>
            <numerusform>В ней %Ln беседа.</numerusform>
            <numerusform>В ней %Ln беседы.</numerusform>
            <numerusform>В ней %Ln бесед.</numerusform>
        </translation>
    </message>
    <message>
        <source>What was said and changed after that is not in it.</source>
        <translation>Того, что было сказано и изменено позже, в ней нет.</translation>
    </message>
    <message>
        <source>The damaged file is not deleted; it stays in the same folder, under another name.</source>
        <translation>Повреждённый файл не удаляется: он останется в той же папке под другим именем.</translation>
    </message>
    <message>
        <source>Put back the copy</source>
        <translation>Вернуть копию</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Put back the copy of {when}?</source>
        <translation>Вернуть копию от {when}?</translation>
    </message>
</context>
<context>
    <name>RecoveredNotice</name>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>An answer was interrupted when the program ended: “{title}”.</source>
        <translation>Ответ был прерван, когда завершилась программа: «{title}».</translation>
    </message>
    <message numerus="yes">
        <source>Answers in %Ln conversations were interrupted when the program ended, the last one in “{title}”.</source>
        <translation>
            <numerusform>Ответы в %Ln беседе были прерваны, когда завершилась программа; последний — в беседе «{title}».</numerusform>
            <numerusform>Ответы в %Ln беседах были прерваны, когда завершилась программа; последний — в беседе «{title}».</numerusform>
            <numerusform>Ответы в %Ln беседах были прерваны, когда завершилась программа; последний — в беседе «{title}».</numerusform>
        </translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Показать</translation>
    </message>
</context>
<context>
    <name>ReplyStatus</name>
    <message numerus="yes">
        <source>Done: %Ln characters in {seconds} s</source>
        <translation>
            <numerusform>Готово: %Ln символ за {seconds} с</numerusform>
            <numerusform>Готово: %Ln символа за {seconds} с</numerusform>
            <numerusform>Готово: %Ln символов за {seconds} с</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answering: %Ln characters</source>
        <translation>
            <numerusform>Отвечает: %Ln символ</numerusform>
            <numerusform>Отвечает: %Ln символа</numerusform>
            <numerusform>Отвечает: %Ln символов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %Ln characters</source>
        <translation>
            <numerusform>Остановлено: %Ln символ</numerusform>
            <numerusform>Остановлено: %Ln символа</numerusform>
            <numerusform>Остановлено: %Ln символов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cut off after %Ln characters</source>
        <translation>
            <numerusform>Ответ оборвался: %Ln символ</numerusform>
            <numerusform>Ответ оборвался: %Ln символа</numerusform>
            <numerusform>Ответ оборвался: %Ln символов</numerusform>
        </translation>
    </message>
    <message>
        <source>{text} {seconds} s</source>
        <translation>{text} {seconds} с</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Соединение…</translation>
    </message>
    <message>
        <source>Waiting for the first word…</source>
        <translation>Ждём первое слово…</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Search results</source>
        <translation>Результаты поиска</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>{title}, conversation</source>
        <translation>{title}, беседа</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>New name</source>
        <translation>Новое название</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>{host} refused the request: {message}</source>
        <translation>{host} не принимает запрос: {message}</translation>
    </message>
    <message>
        <source>{host} has a problem of its own (error {status}); try again later.</source>
        <translation>{host} сообщает о своей неполадке (ошибка {status}); попробуйте позже.</translation>
    </message>
    <message>
        <source>{host} passed on an error of its model: {message}</source>
        <translation>{host} передаёт ошибку своей модели: {message}</translation>
    </message>
    <message>
        <source>{host} cannot reach its own model; try again later.</source>
        <translation>{host} не может связаться со своей моделью; попробуйте позже.</translation>
    </message>
    <message>
        <source>{host} asks to be paid before it answers; check your account there.</source>
        <translation>{host} отвечает только после оплаты; проверьте там свой счёт.</translation>
    </message>
    <message>
        <source>{host} no longer takes questions this way; choose another service.</source>
        <translation>{host} больше не принимает вопросы таким способом; выберите другой сервис.</translation>
    </message>
    <message>
        <source>{host} keeps refusing the key on its own page; try again later.</source>
        <translation>{host} отвергает ключ со своей же страницы; попробуйте позже.</translation>
    </message>
    <message>
        <source>{host} wants its terms accepted first; open it once in a browser.</source>
        <translation>{host} сначала просит принять условия; откройте его один раз в браузере.</translation>
    </message>
    <message>
        <source>{host} answers only on its own pages; choose another service.</source>
        <translation>{host} отвечает только на своих страницах; выберите другой сервис.</translation>
    </message>
    <message>
        <source>{host} has blocked your network address; choose another service.</source>
        <translation>{host} блокирует ваш сетевой адрес; выберите другой сервис.</translation>
    </message>
    <message>
        <source>{host} does not allow some words of your message; change them.</source>
        <translation>{host} не допускает некоторых слов вашего сообщения; замените их.</translation>
    </message>
    <message>
        <source>{host} took your message for harmful and did not answer it; rephrase it.</source>
        <translation>{host} считает ваше сообщение вредным и не отвечает на него; скажите иначе.</translation>
    </message>
    <message>
        <source>{host} did not accept your key; check it.</source>
        <translation>{host} не принимает ваш ключ; проверьте его.</translation>
    </message>
    <message>
        <source>{host} has no working key for its model; choose another service.</source>
        <translation>{host} не имеет действующего ключа для своей модели; выберите другой сервис.</translation>
    </message>
    <message>
        <source>{host} does not let this program in (error {status}).</source>
        <translation>{host} не пускает эту программу (ошибка {status}).</translation>
    </message>
    <message>
        <source>{host} asks to wait before the next question; try again in a while.</source>
        <translation>{host} просит подождать перед следующим вопросом; попробуйте чуть позже.</translation>
    </message>
    <message>
        <source>Your free quota at {host} is used up; wait, or choose another service.</source>
        <translation>Ваш бесплатный лимит исчерпан ({host}); подождите или выберите другой сервис.</translation>
    </message>
    <message>
        <source>{host} has used up what it pays for; choose another service.</source>
        <translation>{host} исчерпывает свой оплаченный лимит; выберите другой сервис.</translation>
    </message>
    <message>
        <source>The conversation is too long for {host}; shorten it or start a new one.</source>
        <translation>Беседа слишком длинна ({host}); сократите её или начните новую.</translation>
    </message>
    <message>
        <source>The name {host} was not found; check the address and your connection.</source>
        <translation>Имя {host} не найдено; проверьте адрес и подключение к сети.</translation>
    </message>
    <message>
        <source>{host} does not take connections; check the address and the port.</source>
        <translation>{host} не принимает соединений; проверьте адрес и порт.</translation>
    </message>
    <message>
        <source>{host} did not answer the call within {seconds} s; try again later.</source>
        <translation>{host} не отвечает на вызов уже {seconds} с; попробуйте позже.</translation>
    </message>
    <message>
        <source>The secure connection to {host} failed: {message}</source>
        <translation>Защищённое соединение не удалось ({host}): {message}</translation>
    </message>
    <message>
        <source>The proxy {proxy} did not connect to {host}; check the proxy.</source>
        <translation>Прокси {proxy} не соединяет с {host}; проверьте прокси.</translation>
    </message>
    <message>
        <source>The proxy {proxy} did not accept its user name and password.</source>
        <translation>Прокси {proxy} не принимает имя пользователя и пароль.</translation>
    </message>
    <message>
        <source>The proxy's address is not of the form http://, https://, socks4://, socks5:// or socks5h:// with a host and a port.</source>
        <translation>Адрес прокси должен начинаться с http://, https://, socks4://, socks5:// или socks5h:// и содержать узел и порт.</translation>
    </message>
    <message>
        <source>{host} broke off the connection; try again.</source>
        <translation>{host} обрывает соединение; попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>{host} sent nothing for {seconds} s; try again, or allow it more time.</source>
        <translation>{host} молчит уже {seconds} с; попробуйте ещё раз или дайте больше времени.</translation>
    </message>
    <message>
        <source>{host} sends visitors on to {target}; enter that address if you trust it.</source>
        <translation>{host} отправляет посетителей на {target}; введите тот адрес, если доверяете ему.</translation>
    </message>
    <message>
        <source>“{address}” is not a web address; it should begin with https://.</source>
        <translation>«{address}» — не веб-адрес; он должен начинаться с https://.</translation>
    </message>
    <message>
        <source>There is no AI Power chat on the page {host}; check the address.</source>
        <translation>На странице {host} нет чата AI Power; проверьте адрес.</translation>
    </message>
    <message>
        <source>The chat on {host} has no key (nonce), so it cannot be asked.</source>
        <translation>У чата на {host} нет ключа (nonce), поэтому спросить его нельзя.</translation>
    </message>
    <message>
        <source>The chat on {host} does not name its page (post id), so it cannot be asked.</source>
        <translation>Чат на {host} не называет своей страницы (post id), поэтому спросить его нельзя.</translation>
    </message>
    <message>
        <source>The page {host} is larger than {megabytes} MB; that is no chat page.</source>
        <translation>Страница {host} больше {megabytes} МБ; это не страница чата.</translation>
    </message>
    <message>
        <source>{host} did not show its page (error {status}); check the address.</source>
        <translation>{host} не показывает страницу (ошибка {status}); проверьте адрес.</translation>
    </message>
    <message>
        <source>{host} first checks for a browser, which this program cannot pass.</source>
        <translation>{host} сначала проверяет браузер; эта программа пройти проверку не может.</translation>
    </message>
    <message>
        <source>{host} answered with nothing; try again or rephrase.</source>
        <translation>{host} присылает пустой ответ; попробуйте ещё раз или скажите иначе.</translation>
    </message>
    <message>
        <source>{host} answered with a web page instead of text; try again later.</source>
        <translation>{host} присылает веб-страницу вместо текста; попробуйте позже.</translation>
    </message>
    <message>
        <source>The answer of {host} could not be read; try again.</source>
        <translation>Ответ не удалось прочесть ({host}); попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The answer of {host} is larger than {megabytes} MB and was stopped.</source>
        <translation>Ответ больше {megabytes} МБ и остановлен ({host}).</translation>
    </message>
    <message>
        <source>{host} sent data that cannot be unpacked safely; it was stopped.</source>
        <translation>{host} присылает данные, которые нельзя безопасно распаковать; приём остановлен.</translation>
    </message>
    <message>
        <source>There is nothing to send; type a question first.</source>
        <translation>Отправлять нечего; сначала напишите вопрос.</translation>
    </message>
    <message>
        <source>The model “{model}” is not offered here; choose one of: {models}.</source>
        <translation>Модели «{model}» здесь нет; выберите одну из: {models}.</translation>
    </message>
    <message>
        <source>This could not be saved on the computer: {message}</source>
        <translation>Не удалось сохранить на компьютере: {message}</translation>
    </message>
    <message>
        <source>The option {option} cannot have that value: {message}</source>
        <translation>Параметр {option} не может иметь такое значение: {message}</translation>
    </message>
    <message>
        <source>The service</source>
        <translation>Сервис</translation>
    </message>
    <message>
        <source>Another program holds the file with your conversations, {file}; close that program and try again.</source>
        <translation>Файл с вашими беседами, {file}, занят другой программой; закройте её и повторите.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing can be saved; free some space and try again. The file is {file}.</source>
        <translation>Диск заполнен, и ничего нельзя сохранить; освободите место и повторите. Файл: {file}.</translation>
    </message>
    <message>
        <source>Your conversations cannot be saved, because {file} or its folder may not be written to; allow it, or choose another folder.</source>
        <translation>Беседы нельзя сохранить: запись в {file} или в его папку запрещена; разрешите её или выберите другую папку.</translation>
    </message>
    <message>
        <source>The file with your conversations, {file}, is damaged or of another kind. It was left as it is; put the newest copy from {backups} in its place.</source>
        <translation>Файл с вашими беседами, {file}, повреждён или другого вида. Он оставлен как есть; замените его самой новой копией из {backups}.</translation>
    </message>
    <message>
        <source>A newer version of this program wrote your conversations, {file}; install that version. The file was left as it is.</source>
        <translation>Ваши беседы, {file}, записаны более новой версией программы; установите её. Файл оставлен как есть.</translation>
    </message>
    <message>
        <source>“{target}” holds no conversations in a form that can be imported.</source>
        <translation>В файле «{target}» нет бесед в форме, которую можно импортировать.</translation>
    </message>
    <message>
        <source>“{target}” is damaged and was not imported: {message}</source>
        <translation>Файл «{target}» повреждён и не импортирован: {message}</translation>
    </message>
    <message>
        <source>“{target}” was made by a newer version; update this program first.</source>
        <translation>Файл «{target}» создан более новой версией; сначала обновите эту программу.</translation>
    </message>
    <message>
        <source>“{target}” holds more than {megabytes} MB and was not imported.</source>
        <translation>В файле «{target}» больше {megabytes} МБ; он не импортирован.</translation>
    </message>
    <message>
        <source>“{target}” cannot be read: {message}</source>
        <translation>Файл «{target}» не читается: {message}</translation>
    </message>
    <message>
        <source>“{target}” cannot be written: {message}</source>
        <translation>Не удаётся записать «{target}»: {message}</translation>
    </message>
    <message>
        <source>Several conversations need a folder or a .zip, not “{target}”.</source>
        <translation>Для нескольких бесед нужна папка или файл .zip, а не «{target}».</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Архив</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Your conversations will be listed here.</source>
        <translation>Здесь появятся ваши беседы.</translation>
    </message>
    <message>
        <source>This folder is empty. Drag conversations onto it.</source>
        <translation>Папка пуста. Перетащите на неё беседы.</translation>
    </message>
    <message>
        <source>Nothing is archived.</source>
        <translation>В архиве ничего нет.</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Корзина пуста.</translation>
    </message>
    <message>
        <source>Nothing found for “{query}”</source>
        <translation>Ничего не найдено по запросу «{query}»</translation>
    </message>
</context>
<context>
    <name>SidebarFrame</name>
    <message>
        <source>Sidebar</source>
        <translation>Боковая панель</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Folders, archive and trash</source>
        <translation>Папки, архив и корзина</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Поиск по всем беседам</translation>
    </message>
</context>
<context>
    <name>SidebarWishes</name>
    <message numerus="yes">
        <source>Delete %Ln conversations in the trash for good?</source>
        <translation>
            <numerusform>Навсегда удалить %Ln беседу из корзины?</numerusform>
            <numerusform>Навсегда удалить %Ln беседы из корзины?</numerusform>
            <numerusform>Навсегда удалить %Ln бесед из корзины?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln conversations for good?</source>
        <translation>
            <numerusform>Навсегда удалить %Ln беседу?</numerusform>
            <numerusform>Навсегда удалить %Ln беседы?</numerusform>
            <numerusform>Навсегда удалить %Ln бесед?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln conversations</source>
        <translation>
            <numerusform>Удалена %Ln беседа</numerusform>
            <numerusform>Удалены %Ln беседы</numerusform>
            <numerusform>Удалено %Ln бесед</numerusform>
        </translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Deleted “{title}”</source>
        <translation>Удалено: «{title}»</translation>
    </message>
    <message>
        <source>Deleted the folder “{name}” and its conversations</source>
        <translation>Удалена папка «{name}» вместе с беседами</translation>
    </message>
    <message>
        <source>Deleted the folder “{name}”</source>
        <translation>Удалена папка «{name}»</translation>
    </message>
</context>
<context>
    <name>SiteDialog</name>
    <message>
        <source>Another AI Power site</source>
        <translation>Другой сайт с AI Power</translation>
    </message>
    <message>
        <source>Any WordPress page with a chat box of the plugin AI Power can be asked.</source>
        <translation>Можно спрашивать любую страницу WordPress с окном чата от плагина AI Power.</translation>
    </message>
    <message>
        <source>Address of the page</source>
        <translation>Адрес страницы</translation>
    </message>
    <message>
        <source>Use this site</source>
        <translation>Выбрать этот сайт</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>StoreTrouble</name>
    <message>
        <source>The file with your conversations, {file}, is damaged or of another kind. It was left as it is. {hope}</source>
        <translation>Файл с вашими беседами, {file}, повреждён или другого вида. Он оставлен как есть. {hope}</translation>
    </message>
    <message>
        <source>The copy of {day} is back in its place. The damaged file is now {name}.</source>
        <translation>Копия от {day} возвращена на место. Повреждённый файл теперь называется {name}.</translation>
    </message>
    <message>
        <source>There is no copy of it that could be put in its place.</source>
        <translation>Копии, которую можно было бы вернуть, нет.</translation>
    </message>
    <message>
        <source>A copy of it is looked for.</source>
        <translation>Ищется его копия.</translation>
    </message>
    <message>
        <source>Put back the copy of {day}</source>
        <translation>Вернуть копию от {day}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Попробовать снова</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>The copy of {day} is whole.</source>
        <translation>Копия от {day} цела.</translation>
    </message>
</context>
<context>
    <name>SummaryTexts</name>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln days ago</source>
        <translation>
            <numerusform>Удалено %Ln день назад</numerusform>
            <numerusform>Удалено %Ln дня назад</numerusform>
            <numerusform>Удалено %Ln дней назад</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted today</source>
        <translation>Удалено сегодня</translation>
    </message>
    <message>
        <source>an answer is being written</source>
        <translation>пишется ответ</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Закреплённые</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Последние 7 дней</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Последние 30 дней</translation>
    </message>
    <message numerus="yes">
        <source>kept %Ln more days</source>
        <translation>
            <numerusform>хранится ещё %Ln день</numerusform>
            <numerusform>хранится ещё %Ln дня</numerusform>
            <numerusform>хранится ещё %Ln дней</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Система</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Собеседник</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Думает…</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Рассуждение</translation>
    </message>
    <message>
        <source>Stopped here</source>
        <translation>Остановлено здесь</translation>
    </message>
    <message>
        <source>Broken off here: the service did not finish</source>
        <translation>Оборвано здесь: сервис не договорил</translation>
    </message>
    <message>
        <source>Broken off here</source>
        <translation>Оборвано здесь</translation>
    </message>
    <message>
        <source>text</source>
        <translation>текст</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Interrupted here: the program was closed</source>
        <translation>Прервано: программа была закрыта</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>Беседа</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>Previous version</source>
        <translation>Предыдущая версия</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Следующая версия</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Версии</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>What shall we talk about?</source>
        <translation>О чём побеседуем?</translation>
    </message>
    <message>
        <source>Explain black holes in three sentences</source>
        <translation>Объясни чёрные дыры в трёх предложениях</translation>
    </message>
    <message>
        <source>Compare tea and coffee in a table</source>
        <translation>Сравни чай и кофе в таблице</translation>
    </message>
    <message>
        <source>Write a Python function that finds duplicates</source>
        <translation>Напиши на Python поиск повторов в списке</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Copy last answer</source>
        <translation>Копировать последний ответ</translation>
    </message>
    <message>
        <source>About Beseda</source>
        <translation>О программе</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
    <message>
        <source>Markdown mirror…</source>
        <translation>Зеркало в Markdown…</translation>
    </message>
    <message>
        <source>Ask the model for a title</source>
        <translation>Спросить название у модели</translation>
    </message>
</context>
<context>
    <name>WorkDialog</name>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Отменено.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
</TS>
