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
    <name>AttachmentChip</name>
    <message>
        <source>Reading…</source>
        <translation>Читается…</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>Убрать {name}</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Files of this message</source>
        <translation>Файлы этого сообщения</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Вставленная картинка</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>Pictures and texts</source>
        <translation>Картинки и тексты</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
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
    <name>CertificateDialog</name>
    <message>
        <source>Certificate of {host}</source>
        <translation>Сертификат {host}</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Сертификат</translation>
    </message>
    <message>
        <source>Trust this certificate</source>
        <translation>Доверять этому сертификату</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Nobody whom this computer trusts vouches for this certificate. Trust it only if its fingerprint is the one that whoever runs {host} gives you: anybody on the way there could show one. From then on, “{profile}” accepts this certificate and no other.</source>
        <translation>За этот сертификат не ручается никто из тех, кому доверяет компьютер. Доверяйте ему, только если его отпечаток совпадает с тем, который сообщит хозяин {host}: показать какой-нибудь сертификат может любой, кто стоит на пути. После этого «{profile}» принимает только этот сертификат.</translation>
    </message>
    <message>
        <source>itself; nobody else has signed it</source>
        <translation>сам собой; больше его никто не подписал</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>не сказано</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>Кому выдан</translation>
    </message>
    <message>
        <source>Holds for</source>
        <translation>Для каких имён</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Кем подписан</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Действителен</translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256)</source>
        <translation>Отпечаток (SHA-256)</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>с {begin} по {end}</translation>
    </message>
    <message>
        <source>it has expired</source>
        <translation>срок истёк</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>{count} ms</source>
        <translation>{count} мс</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} с</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>Beseda stays in the tray.</source>
        <translation>Беседа остаётся в трее.</translation>
    </message>
    <message>
        <source>The quick prompt is one key away, and answers go on. To end the program, choose Quit in the menu of its icon. The settings can change this.</source>
        <translation>Быстрый вопрос — по одной клавише, а ответы дописываются. Чтобы закрыть программу, выберите «Выйти» в меню её значка. Это можно изменить в настройках.</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>Остаться в трее</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Commands</source>
        <translation>Команды</translation>
    </message>
</context>
<context>
    <name>CommandRow</name>
    <message>
        <source>Keys of the desktop’s own</source>
        <translation>Клавиши самого рабочего стола</translation>
    </message>
    <message>
        <source>This command opens the quick prompt, too, wherever a key can start one:</source>
        <translation>Эта команда тоже открывает быстрый вопрос, везде, где клавише можно назначить команду:</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Скопировать команду</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>GNOME: Settings → Keyboard → View and Customize Shortcuts → Custom Shortcuts.</source>
        <translation>GNOME: Настройки → Клавиатура → Просмотр и изменение комбинаций клавиш → Дополнительные комбинации.</translation>
    </message>
    <message>
        <source>KDE Plasma: System Settings → Shortcuts → Add New → Command.</source>
        <translation>KDE Plasma: Параметры системы → Комбинации клавиш → Добавить → Команда.</translation>
    </message>
    <message>
        <source>Sway, in ~/.config/sway/config: {line}</source>
        <translation>Sway, в файле ~/.config/sway/config: {line}</translation>
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
    <message>
        <source>Add pictures or text files</source>
        <translation>Добавить картинки или текстовые файлы</translation>
    </message>
    <message>
        <source>What about it?</source>
        <translation>Что с этим сделать?</translation>
    </message>
</context>
<context>
    <name>ContextBar</name>
    <message>
        <source>What goes with the question</source>
        <translation>Что уйдёт вместе с вопросом</translation>
    </message>
</context>
<context>
    <name>ContextChip</name>
    <message numerus="yes">
        <source>%Ln characters</source>
        <translation>
            <numerusform>%Ln символ</numerusform>
            <numerusform>%Ln символа</numerusform>
            <numerusform>%Ln символов</numerusform>
        </translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Выделение</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Буфер обмена</translation>
    </message>
    <message>
        <source>Send without: {name}</source>
        <translation>Отправить без: {name}</translation>
    </message>
    <message>
        <source>the first {part} of {all}</source>
        <translation>первые {part} из {all}</translation>
    </message>
</context>
<context>
    <name>ContextLink</name>
    <message>
        <source>The service saw about {seen} of {sent} tokens: its context window is smaller than what was sent.</source>
        <translation>Сервис увидел около {seen} из {sent} токенов: его окно контекста меньше отправленного.</translation>
    </message>
    <message>
        <source>In Ollama, a higher num_ctx makes it larger.</source>
        <translation>В Ollama его увеличивает параметр num_ctx.</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>Context of the model</source>
        <translation>Контекст модели</translation>
    </message>
    <message>
        <source>Part of the context that is taken</source>
        <translation>Занятая часть контекста</translation>
    </message>
    <message>
        <source>≈ {tokens} of {window} tokens</source>
        <translation>≈ {tokens} из {window} токенов</translation>
    </message>
    <message>
        <source>≈ {tokens} of {window} tokens, too long</source>
        <translation>≈ {tokens} из {window} токенов, слишком много</translation>
    </message>
    <message>
        <source>Everything is sent</source>
        <translation>Отправляется всё</translation>
    </message>
    <message>
        <source>About {tokens} tokens are sent.</source>
        <translation>Отправляется около {tokens} токенов.</translation>
    </message>
    <message>
        <source>The model takes {window} together with its answer.</source>
        <translation>Модель вмещает {window} вместе с ответом.</translation>
    </message>
    <message>
        <source>{reserve} are kept free for the answer.</source>
        <translation>{reserve} оставлено для ответа.</translation>
    </message>
    <message>
        <source>What you are writing is about {question} of them.</source>
        <translation>Из них около {question} — то, что вы сейчас пишете.</translation>
    </message>
    <message>
        <source>Choose what is left out</source>
        <translation>Выбрать, что пропускать</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Что пропускается</translation>
    </message>
    <message>
        <source>Leave out the oldest</source>
        <translation>Пропускать самые старые</translation>
    </message>
    <message>
        <source>Leave out the middle</source>
        <translation>Пропускать середину</translation>
    </message>
    <message>
        <source>Send everything</source>
        <translation>Отправлять всё</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>Показать, откуда</translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln messages are left out</source>
        <translation>
            <numerusform>Без первого %Ln сообщения</numerusform>
            <numerusform>Без первых %Ln сообщений</numerusform>
            <numerusform>Без первых %Ln сообщений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages in the middle are left out</source>
        <translation>
            <numerusform>Без %Ln сообщения из середины</numerusform>
            <numerusform>Без %Ln сообщений из середины</numerusform>
            <numerusform>Без %Ln сообщений из середины</numerusform>
        </translation>
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
    <name>DesktopNotifications</name>
    <message>
        <source>Show the answer</source>
        <translation>Показать ответ</translation>
    </message>
</context>
<context>
    <name>DiagnosisDialog</name>
    <message>
        <source>Diagnosis of {service}</source>
        <translation>Диагностика: {service}</translation>
    </message>
    <message>
        <source>Show certificate…</source>
        <translation>Показать сертификат…</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Копировать отчёт</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Проверяю…</translation>
    </message>
    <message>
        <source>It fails here: {step}.</source>
        <translation>Дальше не проходит: {step}.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Остановлено.</translation>
    </message>
    <message>
        <source>It works, but look at this: {step}.</source>
        <translation>Работает, но обратите внимание: {step}.</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Всё работает.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
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
    <name>ElsewhereButton</name>
    <message>
        <source>Ask elsewhere ▾</source>
        <translation>Спросить другого ▾</translation>
    </message>
    <message>
        <source>Ask elsewhere</source>
        <translation>Спросить другого</translation>
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
    <message>
        <source>Open settings</source>
        <translation>Открыть настройки</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>Проверить связь</translation>
    </message>
    <message>
        <source>Leave out the oldest and ask again</source>
        <translation>Убрать самое старое и спросить снова</translation>
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
    <name>FileControl</name>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
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
    <name>FirstStartPage</name>
    <message>
        <source>First steps</source>
        <translation>Первые шаги</translation>
    </message>
    <message>
        <source>Another service or address…</source>
        <translation>Другая служба или адрес…</translation>
    </message>
    <message>
        <source>Who shall answer?</source>
        <translation>Кто будет отвечать?</translation>
    </message>
    <message>
        <source>Choose once, change it at any time. Or just write below: the demo answers.</source>
        <translation>Выбор можно изменить когда угодно. А можно сразу написать ниже: ответит демо.</translation>
    </message>
    <message>
        <source>The demo</source>
        <translation>Демо</translation>
    </message>
    <message>
        <source>Use the demo</source>
        <translation>Выбрать демо</translation>
    </message>
    <message>
        <source>Built in, always there. Its answers are prepared, and show what Beseda can do.</source>
        <translation>Встроено и всегда под рукой. Ответы подготовлены заранее и показывают, что умеет Beseda.</translation>
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
    <name>FoundRow</name>
    <message>
        <source>Model of {service}</source>
        <translation>Модель {service}</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Use {service}</source>
        <translation>Выбрать {service}</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>пока нет модели</translation>
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
    <name>Hotkey</name>
    <message>
        <source>The desktop has them: {keys}</source>
        <translation>Рабочий стол знает их: {keys}</translation>
    </message>
    <message>
        <source>Other keys are chosen in the desktop’s own settings.</source>
        <translation>Другие клавиши выбираются в настройках самого рабочего стола.</translation>
    </message>
    <message>
        <source>{keys} opens the quick prompt in every program.</source>
        <translation>{keys} открывает быстрый вопрос в любой программе.</translation>
    </message>
    <message>
        <source>Another program has {keys}. Choose other keys.</source>
        <translation>{keys} занято другой программой. Выберите другие клавиши.</translation>
    </message>
    <message>
        <source>The desktop is being asked, and may be asking you.</source>
        <translation>Идёт запрос к рабочему столу; он может спросить вас.</translation>
    </message>
    <message>
        <source>They are paused from the tray.</source>
        <translation>Они приостановлены в меню трея.</translation>
    </message>
    <message>
        <source>No keys are in use.</source>
        <translation>Клавиши не используются.</translation>
    </message>
    <message>
        <source>This system gives programs no keys of this kind.</source>
        <translation>Эта система не даёт программам таких клавиш.</translation>
    </message>
    <message>
        <source>The screen cannot be asked for keys.</source>
        <translation>У экрана не удаётся запросить клавиши.</translation>
    </message>
    <message>
        <source>These keys cannot be asked for here. Choose other keys.</source>
        <translation>Эти клавиши здесь запросить нельзя. Выберите другие.</translation>
    </message>
    <message>
        <source>These keys are needed for writing. Choose some with Ctrl, Alt or the system’s key.</source>
        <translation>Эти клавиши нужны для набора текста. Выберите сочетание с Ctrl, Alt или системной клавишей.</translation>
    </message>
    <message>
        <source>This desktop gives programs no keys of this kind. Its own settings do: see below.</source>
        <translation>Этот рабочий стол не даёт программам таких клавиш. Их дают его собственные настройки: см. ниже.</translation>
    </message>
    <message>
        <source>This desktop gives keys to installed programs alone. Install Beseda from its package, or see below.</source>
        <translation>Этот рабочий стол даёт клавиши только установленным программам. Установите Beseda из пакета или см. ниже.</translation>
    </message>
    <message>
        <source>The desktop was not allowed to give the keys. Its own settings can change that.</source>
        <translation>Рабочему столу не разрешили дать эти клавиши. Это можно изменить в его настройках.</translation>
    </message>
    <message>
        <source>The desktop knows what the keys are for, but has given none. Choose them in its own settings.</source>
        <translation>Рабочий стол знает, для чего нужны клавиши, но не дал их. Выберите их в его настройках.</translation>
    </message>
    <message>
        <source>The system refused the keys without saying why.</source>
        <translation>Система отказала в этих клавишах, не сказав почему.</translation>
    </message>
</context>
<context>
    <name>HotkeyRow</name>
    <message>
        <source>Do the keys work?</source>
        <translation>Работают ли клавиши?</translation>
    </message>
    <message>
        <source>Try the keys</source>
        <translation>Проверить клавиши</translation>
    </message>
    <message>
        <source>Stop trying</source>
        <translation>Прекратить проверку</translation>
    </message>
    <message>
        <source>Ask for them again</source>
        <translation>Запросить снова</translation>
    </message>
    <message>
        <source>Press them now: {keys}</source>
        <translation>Нажмите сейчас: {keys}</translation>
    </message>
    <message>
        <source>The keys work.</source>
        <translation>Клавиши работают.</translation>
    </message>
    <message>
        <source>Nothing came. Another program may take them first; other keys may work.</source>
        <translation>Нажатие не пришло. Возможно, его перехватывает другая программа; попробуйте другие клавиши.</translation>
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
    <name>KeyConflicts</name>
    <message>
        <source>The same keys as {others}: neither of them works.</source>
        <translation>Те же клавиши, что у {others}: не сработает ни то, ни другое.</translation>
    </message>
</context>
<context>
    <name>KeyControl</name>
    <message>
        <source>Kept; paste another one to replace it</source>
        <translation>Сохранён; вставьте другой, чтобы заменить</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Показать введённое</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>Удалить ключ</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>Вставьте ключ сюда</translation>
    </message>
</context>
<context>
    <name>KeyForm</name>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>Вставьте ключ</translation>
    </message>
    <message>
        <source>Service that the key is for</source>
        <translation>Служба, для которой этот ключ</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Test and use</source>
        <translation>Проверить и выбрать</translation>
    </message>
    <message>
        <source>You get one at {page}</source>
        <translation>Ключ выдают здесь: {page}</translation>
    </message>
</context>
<context>
    <name>KeyOffer</name>
    <message>
        <source>A key of your own</source>
        <translation>Свой ключ</translation>
    </message>
    <message>
        <source>Enter a key…</source>
        <translation>Ввести ключ…</translation>
    </message>
    <message>
        <source>For {services} and others.</source>
        <translation>Для {services} и других служб.</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Всё равно выбрать</translation>
    </message>
    <message>
        <source>Keep it until Beseda is closed</source>
        <translation>Хранить, пока открыта Beseda</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>Хранить в файле</translation>
    </message>
    <message>
        <source>In a file it stands in clear text: nobody but your account on this computer can read it, but every program that you start can.</source>
        <translation>В файле он лежит открытым текстом: прочитать его может только ваша учётная запись на этом компьютере, но зато любая программа, которую вы запускаете.</translation>
    </message>
    <message>
        <source>It is kept in the password store of this computer.</source>
        <translation>Он хранится в хранилище паролей этого компьютера.</translation>
    </message>
    <message>
        <source>It is kept until Beseda is closed, and no longer.</source>
        <translation>Он хранится, только пока открыта Beseda.</translation>
    </message>
    <message>
        <source>It is kept in a file that only you can read.</source>
        <translation>Он хранится в файле, который можете прочитать только вы.</translation>
    </message>
    <message>
        <source>Testing the key: asking for one word…</source>
        <translation>Проверяю ключ: прошу одно слово…</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>Работает.</translation>
    </message>
</context>
<context>
    <name>KeysControl</name>
    <message>
        <source>Press the keys…</source>
        <translation>Нажмите клавиши…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Нет</translation>
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
    <name>LocalOffer</name>
    <message>
        <source>A model on this computer</source>
        <translation>Модель на этом компьютере</translation>
    </message>
    <message>
        <source>Look for one</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>Looking for {programs}…</source>
        <translation>Ищу {programs}…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Искать снова</translation>
    </message>
    <message>
        <source>Free, private, and without a network. Found just now:</source>
        <translation>Бесплатно, без посторонних и без сети. Только что нашлось:</translation>
    </message>
    <message>
        <source>None was found.</source>
        <translation>Ничего не нашлось.</translation>
    </message>
    <message>
        <source>Free, private, and without a network: start {programs}, then look for it.</source>
        <translation>Бесплатно, без посторонних и без сети: запустите {programs} и нажмите кнопку.</translation>
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
    <message>
        <source>Show {name}</source>
        <translation>Показать {name}</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Скопировать таблицу</translation>
    </message>
    <message>
        <source>Copy conversation</source>
        <translation>Скопировать беседу</translation>
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
    <name>ModelControl</name>
    <message>
        <source>Whatever the service chooses</source>
        <translation>Какую выберет сервис</translation>
    </message>
    <message>
        <source>Ask the service for its models</source>
        <translation>Спросить у сервиса его модели</translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message>
        <source>Models of {service}</source>
        <translation>Модели {service}</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Имя модели</translation>
    </message>
    <message>
        <source>Search, or type a name</source>
        <translation>Найдите или введите имя</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Выбрать модель</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
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
    <message>
        <source>Other models…</source>
        <translation>Другие модели…</translation>
    </message>
    <message>
        <source>Add or change services…</source>
        <translation>Добавить или изменить службы…</translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>The settings file has a value that cannot be used; this one counts.</source>
        <translation>Значение в файле настроек не подходит; действует это.</translation>
    </message>
    <message>
        <source>Keep keys in a file?</source>
        <translation>Хранить ключи в файле?</translation>
    </message>
    <message>
        <source>The file can be read by you alone, but it is not encrypted: any program that you start, and whoever gets at your disk or a copy of it, can read your keys.</source>
        <translation>Прочесть файл можете только вы, но он не зашифрован: ключи увидит любая запущенная вами программа и каждый, кто доберётся до диска или его копии.</translation>
    </message>
    <message>
        <source>Keep them in a file</source>
        <translation>Хранить в файле</translation>
    </message>
</context>
<context>
    <name>PageLink</name>
    <message>
        <source>Get one at {page}</source>
        <translation>Получить: {page}</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Страница</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>Nothing found. Other words may help.</source>
        <translation>Ничего не нашлось. Попробуйте другие слова.</translation>
    </message>
    <message>
        <source>Whoever was asked last</source>
        <translation>Кого спрашивали последним</translation>
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
    <name>Presets</name>
    <message>
        <source>OpenAI</source>
        <translation>OpenAI</translation>
    </message>
    <message>
        <source>The models of ChatGPT; each answer is paid for.</source>
        <translation>Модели ChatGPT; каждый ответ платный.</translation>
    </message>
    <message>
        <source>Anthropic</source>
        <translation>Anthropic</translation>
    </message>
    <message>
        <source>The models named Claude; each answer is paid for.</source>
        <translation>Модели Claude; каждый ответ платный.</translation>
    </message>
    <message>
        <source>OpenRouter</source>
        <translation>OpenRouter</translation>
    </message>
    <message>
        <source>Hundreds of models of many companies with one key; some of them cost nothing.</source>
        <translation>Сотни моделей разных компаний по одному ключу; некоторые бесплатны.</translation>
    </message>
    <message>
        <source>Groq</source>
        <translation>Groq</translation>
    </message>
    <message>
        <source>Open models, answered very fast; some questions a day cost nothing.</source>
        <translation>Открытые модели, отвечают очень быстро; часть вопросов в день бесплатна.</translation>
    </message>
    <message>
        <source>Mistral</source>
        <translation>Mistral</translation>
    </message>
    <message>
        <source>Models from France; a key for trying them out costs nothing.</source>
        <translation>Модели из Франции; пробный ключ бесплатен.</translation>
    </message>
    <message>
        <source>DeepSeek</source>
        <translation>DeepSeek</translation>
    </message>
    <message>
        <source>Models from China, among them some that think before they answer; cheap.</source>
        <translation>Модели из Китая, в том числе рассуждающие; недорого.</translation>
    </message>
    <message>
        <source>Google Gemini</source>
        <translation>Google Gemini</translation>
    </message>
    <message>
        <source>Google's models; some questions a day cost nothing.</source>
        <translation>Модели Google; часть вопросов в день бесплатна.</translation>
    </message>
    <message>
        <source>xAI</source>
        <translation>xAI</translation>
    </message>
    <message>
        <source>The models named Grok; each answer is paid for.</source>
        <translation>Модели Grok; каждый ответ платный.</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Together</translation>
    </message>
    <message>
        <source>Many open models; each answer is paid for.</source>
        <translation>Много открытых моделей; каждый ответ платный.</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>Models on this computer. Its context is short at first: raise num_ctx for long conversations.</source>
        <translation>Модели на этом компьютере. Контекст сначала короткий: для длинных бесед увеличьте num_ctx.</translation>
    </message>
    <message>
        <source>LM Studio</source>
        <translation>LM Studio</translation>
    </message>
    <message>
        <source>Models on this computer; start the server on the page Developer.</source>
        <translation>Модели на этом компьютере; запустите сервер на странице Developer.</translation>
    </message>
    <message>
        <source>llama.cpp</source>
        <translation>llama.cpp</translation>
    </message>
    <message>
        <source>Models on this computer, served by llama-server.</source>
        <translation>Модели на этом компьютере, через llama-server.</translation>
    </message>
    <message>
        <source>vLLM</source>
        <translation>vLLM</translation>
    </message>
    <message>
        <source>Models on this computer or in your network, served by vllm serve.</source>
        <translation>Модели на этом компьютере или в вашей сети, через vllm serve.</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>Jan</translation>
    </message>
    <message>
        <source>Models on this computer; start its local API server. The key is the one that you enter there.</source>
        <translation>Модели на этом компьютере; запустите его локальный сервер API. Ключ — тот, что введён там.</translation>
    </message>
    <message>
        <source>chatgptfree.ai</source>
        <translation>chatgptfree.ai</translation>
    </message>
    <message>
        <source>A web page with a chat, without an account or a key; it may be out of order.</source>
        <translation>Веб-страница с чатом, без учётной записи и ключа; бывает неисправна.</translation>
    </message>
    <message>
        <source>AI Power site</source>
        <translation>Сайт с AI Power</translation>
    </message>
    <message>
        <source>Any other web page whose chat is made by the WordPress plugin AI Power; enter its address.</source>
        <translation>Любая другая страница с чатом плагина AI Power для WordPress; введите её адрес.</translation>
    </message>
    <message>
        <source>Other server</source>
        <translation>Другой сервер</translation>
    </message>
    <message>
        <source>Any server that speaks as OpenAI does; enter its address.</source>
        <translation>Любой сервер с протоколом OpenAI; введите его адрес.</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Демо</translation>
    </message>
    <message>
        <source>Built in, for trying out the window; no model, and nothing leaves this computer.</source>
        <translation>Встроено, чтобы попробовать окно; модели нет, и ничто не покидает компьютер.</translation>
    </message>
</context>
<context>
    <name>ProfileForm</name>
    <message>
        <source>Test…</source>
        <translation>Проверить…</translation>
    </message>
    <message>
        <source>Trust it no more</source>
        <translation>Больше не доверять</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Сервис</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Ответы</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>When it cannot answer</source>
        <translation>Если не может ответить</translation>
    </message>
    <message>
        <source>takes pictures</source>
        <translation>принимает изображения</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Key from the environment</source>
        <translation>Ключ из окружения</translation>
    </message>
    <message>
        <source>The variable that is looked into when no key is kept.</source>
        <translation>Переменная, откуда берётся ключ, если он не сохранён.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Context window</source>
        <translation>Окно контекста</translation>
    </message>
    <message>
        <source>What the model takes, question and answer together; open if unknown.</source>
        <translation>Сколько вмещает модель, вопрос и ответ вместе; неизвестно — не заполняйте.</translation>
    </message>
    <message>
        <source>Does it work?</source>
        <translation>Работает ли?</translation>
    </message>
    <message>
        <source>Looks at every step on the way, from the address to the first word.</source>
        <translation>Проверяет каждый шаг пути, от адреса до первого слова.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>Certificates of your network</source>
        <translation>Сертификаты вашей сети</translation>
    </message>
    <message>
        <source>A PEM file of a private authority, trusted besides those of the system.</source>
        <translation>Файл PEM частного центра; ему доверяют наряду с системными.</translation>
    </message>
    <message>
        <source>Trusted certificate</source>
        <translation>Доверенный сертификат</translation>
    </message>
    <message>
        <source>Ask another one</source>
        <translation>Спросить другого</translation>
    </message>
    <message>
        <source>When it cannot be reached, or has no time, before the first word.</source>
        <translation>Если сервис недоступен или занят и ещё не начал отвечать.</translation>
    </message>
    <message>
        <source>As for all services</source>
        <translation>Как для всех сервисов</translation>
    </message>
    <message>
        <source>Where it is kept: {place}.</source>
        <translation>Где хранится: {place}.</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>токенов</translation>
    </message>
    <message>
        <source>Choose the certificates</source>
        <translation>Выберите сертификаты</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Сертификаты</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tokens</source>
        <translation>
            <numerusform>%Ln токен</numerusform>
            <numerusform>%Ln токена</numerusform>
            <numerusform>%Ln токенов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileList</name>
    <message>
        <source>Services</source>
        <translation>Сервисы</translation>
    </message>
    <message>
        <source>None is set up yet. Add one below; the demo and chatgptfree.ai need none.</source>
        <translation>Пока ни одного. Добавьте ниже; демо и chatgptfree.ai работают и так.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Выше (Alt+↑)</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Ниже (Alt+↓)</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Дублировать</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>ProvidersPage</name>
    <message>
        <source>That cannot be a key: it has spaces or letters that no key has.</source>
        <translation>Это не ключ: в нём пробелы или буквы, каких в ключах не бывает.</translation>
    </message>
    <message>
        <source>For all services</source>
        <translation>Для всех сервисов</translation>
    </message>
    <message>
        <source>The service names no models; type the name of one.</source>
        <translation>Сервис не назвал моделей; введите название сами.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Никого</translation>
    </message>
    <message>
        <source>{name}, copy</source>
        <translation>{name}, копия</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>Сервис «{name}» удалён.</translation>
    </message>
</context>
<context>
    <name>ProxyControl</name>
    <message>
        <source>Kept; type to replace it</source>
        <translation>Сохранён; введите другой для замены</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Адрес прокси</translation>
    </message>
    <message>
        <source>User name at the proxy</source>
        <translation>Имя пользователя прокси</translation>
    </message>
    <message>
        <source>User name, if it asks for one</source>
        <translation>Имя, если прокси его требует</translation>
    </message>
    <message>
        <source>Password for the proxy</source>
        <translation>Пароль прокси</translation>
    </message>
    <message>
        <source>Password, if any</source>
        <translation>Пароль, если есть</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>None, connect directly</source>
        <translation>Без прокси, напрямую</translation>
    </message>
    <message>
        <source>This proxy:</source>
        <translation>Этот прокси:</translation>
    </message>
    <message>
        <source>As set for the program</source>
        <translation>Как для всей программы</translation>
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
    <name>QuickComposer</name>
    <message>
        <source>Ask anything, or type / for a command…</source>
        <translation>Спросите что угодно или введите / для команд…</translation>
    </message>
    <message>
        <source>Enter copies the answer and closes; or ask on…</source>
        <translation>Enter скопирует ответ и закроет окно; или спросите ещё…</translation>
    </message>
</context>
<context>
    <name>QuickLink</name>
    <message>
        <source>No answer came.</source>
        <translation>Ответа нет.</translation>
    </message>
    <message>
        <source>The answer is complete.</source>
        <translation>Ответ готов.</translation>
    </message>
    <message>
        <source>This conversation is private: it is gone when you leave it.</source>
        <translation>Это приватная беседа: когда вы её покинете, от неё ничего не останется.</translation>
    </message>
</context>
<context>
    <name>QuickPage</name>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Вопросы</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>Трей</translation>
    </message>
</context>
<context>
    <name>QuickPane</name>
    <message>
        <source>Add the clipboard's text</source>
        <translation>Добавить текст из буфера обмена</translation>
    </message>
    <message>
        <source>Add the selected text</source>
        <translation>Добавить выделенный текст</translation>
    </message>
    <message>
        <source>Private: keep nothing of it</source>
        <translation>Приватно: ничего не сохранять</translation>
    </message>
    <message>
        <source>Keep it here, above other windows</source>
        <translation>Закрепить поверх других окон</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>Новый вопрос</translation>
    </message>
    <message>
        <source>Open in the window</source>
        <translation>Открыть в главном окне</translation>
    </message>
</context>
<context>
    <name>QuickPrompt</name>
    <message>
        <source>Quick prompt</source>
        <translation>Быстрый вопрос</translation>
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
    <name>ReplyNote</name>
    <message>
        <source>{sentence} {name} answers instead.</source>
        <translation>{sentence} Вместо него отвечает {name}.</translation>
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
    <message>
        <source>Loading the model…</source>
        <translation>Загружается модель…</translation>
    </message>
    <message>
        <source>{text} {seconds} s, without a limit</source>
        <translation>{text} {seconds} с, без ограничения</translation>
    </message>
    <message>
        <source>Trying again in {seconds} s, {number} of {of}</source>
        <translation>Повтор через {seconds} с, {number} из {of}</translation>
    </message>
    <message>
        <source>Nothing new for {seconds} s</source>
        <translation>Ничего нового уже {seconds} с</translation>
    </message>
    <message>
        <source>Nothing new for {seconds} s, waiting without a limit</source>
        <translation>Ничего нового уже {seconds} с, ожидание без ограничения</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>Отвечает…</translation>
    </message>
    <message numerus="yes">
        <source>Answering: %Ln words a second</source>
        <translation>
            <numerusform>Отвечает: %Ln слово в секунду</numerusform>
            <numerusform>Отвечает: %Ln слова в секунду</numerusform>
            <numerusform>Отвечает: %Ln слов в секунду</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answering: %Ln characters a second</source>
        <translation>
            <numerusform>Отвечает: %Ln символ в секунду</numerusform>
            <numerusform>Отвечает: %Ln символа в секунду</numerusform>
            <numerusform>Отвечает: %Ln символов в секунду</numerusform>
        </translation>
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
    <message>
        <source>“{file}” is neither a picture nor a text; it was not added.</source>
        <translation>«{file}» — не картинка и не текст; файл не добавлен.</translation>
    </message>
    <message>
        <source>The picture “{file}” cannot be read; it was not added.</source>
        <translation>Картинку «{file}» не удалось прочитать; она не добавлена.</translation>
    </message>
    <message>
        <source>“{file}” is larger than {megabytes} MB; it was not added.</source>
        <translation>«{file}» больше {megabytes} МБ; файл не добавлен.</translation>
    </message>
    <message>
        <source>A question takes {count} files; “{file}” was not added.</source>
        <translation>К вопросу можно добавить не больше {count} файлов; «{file}» не добавлен.</translation>
    </message>
    <message>
        <source>This computer has no password store that can be used; choose another place for keys in the settings.</source>
        <translation>На этом компьютере нет хранилища паролей, которым можно воспользоваться; выберите в настройках другое место для ключей.</translation>
    </message>
    <message>
        <source>The password store of this computer did not answer within {seconds} s; try again.</source>
        <translation>Хранилище паролей этого компьютера не ответило за {seconds} с; попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The file with your keys, {file}, cannot be used: {message}</source>
        <translation>Файл с вашими ключами, {file}, нельзя использовать: {message}</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Шифрование</translation>
    </message>
    <message>
        <source>Web server</source>
        <translation>Веб-сервер</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Служба</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>First word</source>
        <translation>Первое слово</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>Хорошо</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Замечание</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Неудача</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Пропущено</translation>
    </message>
    <message>
        <source>Not looked at, because another step failed.</source>
        <translation>Не проверялось: другой шаг закончился неудачей.</translation>
    </message>
    <message>
        <source>{host} is asked without a proxy.</source>
        <translation>{host} спрашивается без прокси.</translation>
    </message>
    <message>
        <source>{host} is asked through the proxy {proxy}.</source>
        <translation>{host} спрашивается через прокси {proxy}.</translation>
    </message>
    <message>
        <source>{host} is asked through the proxy {proxy}, which the settings of this computer name.</source>
        <translation>{host} спрашивается через прокси {proxy}, указанный в настройках этого компьютера.</translation>
    </message>
    <message>
        <source>The name {name} stands for {addresses}.</source>
        <translation>Имя {name} означает {addresses}.</translation>
    </message>
    <message>
        <source>{name} is a numeric address, so there is no name to look up.</source>
        <translation>{name} — числовой адрес, искать имя не нужно.</translation>
    </message>
    <message>
        <source>The proxy {proxy} looks the name {name} up itself.</source>
        <translation>Имя {name} прокси {proxy} ищет сам.</translation>
    </message>
    <message>
        <source>Nobody said within {seconds} s what the name {name} stands for; check your connection.</source>
        <translation>За {seconds} с никто не сказал, что означает имя {name}; проверьте соединение.</translation>
    </message>
    <message>
        <source>The name of the proxy {proxy} was not found; check it, and whether you are on its network.</source>
        <translation>Имя прокси {proxy} не найдено; проверьте его и то, в его ли вы сети.</translation>
    </message>
    <message>
        <source>{host} takes connections.</source>
        <translation>{host} принимает соединения.</translation>
    </message>
    <message>
        <source>The proxy {proxy} takes connections.</source>
        <translation>Прокси {proxy} принимает соединения.</translation>
    </message>
    <message>
        <source>No program listens at {host} on this computer; start it, or correct the port.</source>
        <translation>На этом компьютере никакая программа не отвечает по адресу {host}; запустите её или исправьте порт.</translation>
    </message>
    <message>
        <source>No way leads to {host} from here; check your network.</source>
        <translation>Отсюда нет пути к {host}; проверьте сеть.</translation>
    </message>
    <message>
        <source>The proxy {proxy} takes no connections; check its address, and whether you are on its network.</source>
        <translation>Прокси {proxy} не принимает соединений; проверьте его адрес и то, в его ли вы сети.</translation>
    </message>
    <message>
        <source>There is no proxy on the way.</source>
        <translation>Прокси на пути нет.</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets this program through to {host}.</source>
        <translation>Прокси {proxy} пропускает эту программу к {host}.</translation>
    </message>
    <message>
        <source>The proxy {proxy} did not get through to {host} within {seconds} s.</source>
        <translation>Прокси {proxy} не соединился с {host} за {seconds} с.</translation>
    </message>
    <message>
        <source>{version}, with a certificate signed by {issuer} that holds until {until}.</source>
        <translation>{version}, сертификат подписан {issuer} и действует до {until}.</translation>
    </message>
    <message>
        <source>{version}, with the certificate that you trust for this profile; it holds until {until}.</source>
        <translation>{version}, с тем сертификатом, которому вы доверяете в этом профиле; он действует до {until}.</translation>
    </message>
    <message>
        <source>{version}, with a certificate signed by {issuer} that ends soon, on {until}; {host} has to renew it.</source>
        <translation>{version}, сертификат подписан {issuer} и скоро кончится: {until}; {host} должен его обновить.</translation>
    </message>
    <message>
        <source>The certificate of {host} ended on {until}; check the date of this computer, or ask {host} to renew it.</source>
        <translation>Сертификат {host} кончился {until}; проверьте дату на этом компьютере или попросите {host} обновить его.</translation>
    </message>
    <message>
        <source>The certificate of {host} begins only on {since}; check the date of this computer.</source>
        <translation>Сертификат {host} начнёт действовать только {since}; проверьте дату на этом компьютере.</translation>
    </message>
    <message>
        <source>The certificate of {host} is signed by {issuer}, whom this computer does not know; on a company's network, add its authority's file, or trust this one certificate.</source>
        <translation>Сертификат {host} подписан {issuer}, которого этот компьютер не знает; в сети предприятия добавьте файл его центра сертификации или доверьтесь этому одному сертификату.</translation>
    </message>
    <message>
        <source>The certificate of {host} is signed by nobody but itself; if the server is yours, trust this one certificate.</source>
        <translation>Сертификат {host} никем, кроме него самого, не подписан; если это ваш сервер, доверьтесь этому одному сертификату.</translation>
    </message>
    <message>
        <source>The certificate that {host} shows is for {names}; check the address, or trust this one certificate if the server is yours.</source>
        <translation>Сертификат, который показывает {host}, выдан для {names}; проверьте адрес или доверьтесь этому одному сертификату, если это ваш сервер.</translation>
    </message>
    <message>
        <source>Nothing is encrypted, and nothing leaves this computer or its network.</source>
        <translation>Ничего не шифруется, и ничего не выходит за пределы этого компьютера или его сети.</translation>
    </message>
    <message>
        <source>Nothing is encrypted: whoever is on the way to {host} can read along; use https:// if the service has it.</source>
        <translation>Ничего не шифруется: кто угодно на пути к {host} может читать; используйте https://, если служба его знает.</translation>
    </message>
    <message>
        <source>{host} answers (status {status}).</source>
        <translation>{host} отвечает (код {status}).</translation>
    </message>
    <message>
        <source>The page has an AI Power chat (protocol {version}).</source>
        <translation>На странице есть чат AI Power (протокол {version}).</translation>
    </message>
    <message>
        <source>{host} speaks the protocol; number of its models: {count}.</source>
        <translation>{host} знает протокол; число его моделей: {count}.</translation>
    </message>
    <message>
        <source>{host} speaks the protocol, and wants to know who is asking.</source>
        <translation>{host} знает протокол и хочет знать, кто спрашивает.</translation>
    </message>
    <message>
        <source>{host} gave no list of its models, which not every service has: {message}</source>
        <translation>{host} не дал списка своих моделей, который есть не у каждой службы: {message}</translation>
    </message>
    <message>
        <source>No key is set, and none was asked for.</source>
        <translation>Ключ не задан, и никто его не спросил.</translation>
    </message>
    <message>
        <source>Your key is sent along, and {host} has not refused it.</source>
        <translation>Ваш ключ передаётся, и {host} его не отверг.</translation>
    </message>
    <message>
        <source>{host} has the model “{model}”.</source>
        <translation>У {host} есть модель «{model}».</translation>
    </message>
    <message>
        <source>The list of {host} has no model “{model}”; choose another one, such as {models}.</source>
        <translation>В списке {host} нет модели «{model}»; выберите другую, например {models}.</translation>
    </message>
    <message>
        <source>Whether {host} has the model “{model}” shows when it is asked.</source>
        <translation>Есть ли у {host} модель «{model}», покажет вопрос.</translation>
    </message>
    <message>
        <source>No model is chosen, so the first of the list is asked: “{model}”.</source>
        <translation>Модель не выбрана, поэтому спрашивается первая из списка: «{model}».</translation>
    </message>
    <message>
        <source>{host} chooses the model itself.</source>
        <translation>{host} выбирает модель сам.</translation>
    </message>
    <message>
        <source>The first word came after {seconds} s.</source>
        <translation>Первое слово пришло через {seconds} с.</translation>
    </message>
    <message>
        <source>{host} has no model to offer; load one there first.</source>
        <translation>{host} не предлагает ни одной модели; сначала загрузите её там.</translation>
    </message>
    <message>
        <source>There is no chat service at {address}; check the address, which often ends in /v1.</source>
        <translation>По адресу {address} нет службы чата; проверьте адрес: часто он оканчивается на /v1.</translation>
    </message>
    <message>
        <source>{host} does not serve the country that you seem to be in; choose another service or a proxy.</source>
        <translation>{host} не обслуживает страну, в которой вы, судя по всему, находитесь; выберите другую службу или прокси.</translation>
    </message>
    <message>
        <source>The settings file {file} cannot be understood: {message}</source>
        <translation>Файл настроек {file} не удалось разобрать: {message}</translation>
    </message>
    <message>
        <source>The settings file {file} cannot be read: {message}</source>
        <translation>Файл настроек {file} не удалось прочитать: {message}</translation>
    </message>
    <message>
        <source>The settings were not written to {file}: {message}</source>
        <translation>Настройки не записаны в {file}: {message}</translation>
    </message>
    <message>
        <source>There is no profile “{profile}”; choose another one.</source>
        <translation>Профиля «{profile}» нет; выберите другой.</translation>
    </message>
    <message>
        <source>{host} needs a key; enter one in the settings.</source>
        <translation>Для {host} нужен ключ; введите его в настройках.</translation>
    </message>
    <message>
        <source>{host} has no model “{model}”; choose another one.</source>
        <translation>У {host} нет модели «{model}»; выберите другую.</translation>
    </message>
    <message>
        <source>This model of {host} takes no pictures; remove them, or choose another one.</source>
        <translation>Эта модель {host} не принимает картинки; уберите их или выберите другую модель.</translation>
    </message>
    <message>
        <source>{host} shows another certificate than the one that you trust; look at it in the settings before you go on.</source>
        <translation>{host} показывает не тот сертификат, которому вы доверяете; прежде чем продолжить, посмотрите на него в настройках.</translation>
    </message>
    <message>
        <source>The certificates in {file} cannot be read: {message}</source>
        <translation>Сертификаты из {file} не читаются: {message}</translation>
    </message>
    <message>
        <source>The password store of this computer cannot be used: {message}</source>
        <translation>Хранилищем паролей этого компьютера нельзя воспользоваться: {message}</translation>
    </message>
    <message>
        <source>The password store of this computer is locked; unlock it.</source>
        <translation>Хранилище паролей этого компьютера заблокировано; разблокируйте его.</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset: {label}</source>
        <translation>Сбросить: {label}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>General</source>
        <translation>Общие</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>Сервисы</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Приватность</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Дополнительно</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Takes effect when the program is started again.</source>
        <translation>Подействует при следующем запуске.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Русский</source>
        <translation>Русский</translation>
    </message>
    <message>
        <source>Who is asked at first</source>
        <translation>Кого спрашивать сначала</translation>
    </message>
    <message>
        <source>Left open, it is whoever was asked last.</source>
        <translation>Если не выбрано — кого спрашивали последним.</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>Отправлять по</translation>
    </message>
    <message>
        <source>Enter (Shift+Enter begins a new line)</source>
        <translation>Enter (новая строка — Shift+Enter)</translation>
    </message>
    <message>
        <source>Ctrl+Enter (Enter begins a new line)</source>
        <translation>Ctrl+Enter (новая строка — Enter)</translation>
    </message>
    <message>
        <source>While an answer comes</source>
        <translation>Пока приходит ответ</translation>
    </message>
    <message>
        <source>Show its end</source>
        <translation>Показывать его конец</translation>
    </message>
    <message>
        <source>Stop when the question is at the top</source>
        <translation>Остановиться, когда вопрос вверху</translation>
    </message>
    <message>
        <source>Stay where I am</source>
        <translation>Оставаться на месте</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлые</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмные</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Размер текста</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Instructions for the model</source>
        <translation>Указания для модели</translation>
    </message>
    <message>
        <source>They come before every conversation.</source>
        <translation>Стоят в начале каждой беседы.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Температура</translation>
    </message>
    <message>
        <source>0 gives the likeliest words, 2 the most surprising ones. Left open, the service decides.</source>
        <translation>0 — самые вероятные слова, 2 — самые неожиданные. Если не задано, решает сервис.</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>From 0 to 1: only the likeliest words that together are this likely.</source>
        <translation>От 0 до 1: только вероятнейшие слова, которые вместе дают эту вероятность.</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Предел ответа</translation>
    </message>
    <message>
        <source>An answer ends there, and can be continued.</source>
        <translation>Там ответ обрывается; его можно продолжить.</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>токенов</translation>
    </message>
    <message>
        <source>Stop before</source>
        <translation>Остановиться перед</translation>
    </message>
    <message>
        <source>An answer ends before any of these texts, one in each line.</source>
        <translation>Ответ кончается перед любым из этих текстов, по одному в строке.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>With the same number, some services give the same answer again.</source>
        <translation>При том же числе некоторые сервисы повторяют ответ.</translation>
    </message>
    <message>
        <source>When a conversation is too long</source>
        <translation>Если беседа слишком длинная</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Опускать самые старые сообщения</translation>
    </message>
    <message>
        <source>Leave out messages in the middle</source>
        <translation>Опускать сообщения в середине</translation>
    </message>
    <message>
        <source>Send everything</source>
        <translation>Отправлять всё</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Copy last answer</source>
        <translation>Скопировать последний ответ</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Остановить ответ</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Написать сообщение</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Искать во всех беседах</translation>
    </message>
    <message>
        <source>Search all conversations (other keys)</source>
        <translation>Искать во всех беседах (другие клавиши)</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>Следующая беседа</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Предыдущая беседа</translation>
    </message>
    <message>
        <source>Show or hide the conversations</source>
        <translation>Показать или скрыть беседы</translation>
    </message>
    <message>
        <source>Ask the model for a title</source>
        <translation>Спросить у модели название</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспорт</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорт</translation>
    </message>
    <message>
        <source>Markdown mirror</source>
        <translation>Зеркало Markdown</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Diagnose the service</source>
        <translation>Проверить связь со службой</translation>
    </message>
    <message>
        <source>About Beseda</source>
        <translation>О программе</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Where keys are kept</source>
        <translation>Где хранить ключи</translation>
    </message>
    <message>
        <source>In the system's password store</source>
        <translation>В хранилище паролей системы</translation>
    </message>
    <message>
        <source>Nowhere: until the program ends</source>
        <translation>Нигде: до выхода из программы</translation>
    </message>
    <message>
        <source>In a file that only you can read</source>
        <translation>В файле, доступном только вам</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>Хранить беседы</translation>
    </message>
    <message>
        <source>Without it, they are gone when the program ends.</source>
        <translation>Иначе они исчезнут при выходе из программы.</translation>
    </message>
    <message>
        <source>Pictures in answers</source>
        <translation>Картинки в ответах</translation>
    </message>
    <message>
        <source>Whoever keeps a picture on the web learns that it is looked at.</source>
        <translation>Владелец картинки в сети узнаёт, что её смотрят.</translation>
    </message>
    <message>
        <source>Load them when I ask for it</source>
        <translation>Загружать, когда попрошу</translation>
    </message>
    <message>
        <source>Never load them</source>
        <translation>Никогда не загружать</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>Longest wait for a connection</source>
        <translation>Сколько ждать соединения</translation>
    </message>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>Longest silence of a service</source>
        <translation>Сколько сервис может молчать</translation>
    </message>
    <message>
        <source>Longest silence of a service on this computer</source>
        <translation>Сколько может молчать сервис на этом компьютере</translation>
    </message>
    <message>
        <source>A model may have to be loaded first.</source>
        <translation>Модель, возможно, ещё загружается.</translation>
    </message>
    <message>
        <source>Try again by itself</source>
        <translation>Повторять самостоятельно</translation>
    </message>
    <message>
        <source>When a service cannot be reached; never once the answer has begun.</source>
        <translation>Если сервис недоступен; но не когда ответ уже начался.</translation>
    </message>
    <message>
        <source>times</source>
        <translation>раз</translation>
    </message>
    <message>
        <source>Longest wait before that</source>
        <translation>Самое долгое ожидание перед этим</translation>
    </message>
    <message>
        <source>When a service asks to wait longer than this, the question is not asked again.</source>
        <translation>Если сервис просит ждать дольше, вопрос не повторяется.</translation>
    </message>
    <message>
        <source>What the log tells</source>
        <translation>Что писать в журнал</translation>
    </message>
    <message>
        <source>It never holds a message or a key.</source>
        <translation>Сообщений и ключей в нём не бывает.</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Что не удалось</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Что происходит</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Всё</translation>
    </message>
    <message>
        <source>true or false is needed</source>
        <translation>нужно true или false</translation>
    </message>
    <message>
        <source>a whole number is needed</source>
        <translation>нужно целое число</translation>
    </message>
    <message>
        <source>a number is needed</source>
        <translation>нужно число</translation>
    </message>
    <message>
        <source>a number from {smallest} to {largest} is needed</source>
        <translation>нужно число от {smallest} до {largest}</translation>
    </message>
    <message>
        <source>a number of at least {smallest} is needed</source>
        <translation>нужно число не меньше {smallest}</translation>
    </message>
    <message>
        <source>a text is needed</source>
        <translation>нужен текст</translation>
    </message>
    <message>
        <source>a text of one line is needed</source>
        <translation>нужен текст в одну строку</translation>
    </message>
    <message>
        <source>something has to stand here</source>
        <translation>здесь должно что-нибудь стоять</translation>
    </message>
    <message>
        <source>one of these is needed: {choices}</source>
        <translation>нужно одно из: {choices}</translation>
    </message>
    <message>
        <source>a list of texts is needed</source>
        <translation>нужен список текстов</translation>
    </message>
    <message>
        <source>system, none or an address such as http://proxy.example:8080 is needed</source>
        <translation>нужно system, none или адрес вида http://proxy.example:8080</translation>
    </message>
    <message>
        <source>a password must not stand here; the program keeps it elsewhere</source>
        <translation>паролю здесь не место; программа хранит его отдельно</translation>
    </message>
    <message>
        <source>an address such as https://example.com is needed</source>
        <translation>нужен адрес вида https://example.com</translation>
    </message>
    <message>
        <source>neither a name nor a password may stand in the address</source>
        <translation>в адресе не должно быть ни имени, ни пароля</translation>
    </message>
    <message>
        <source>keys such as Ctrl+Shift+N are needed</source>
        <translation>нужны клавиши вида Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>letters, digits, - and _ are needed</source>
        <translation>нужны латинские буквы, цифры, - и _</translation>
    </message>
    <message>
        <source>the name of an environment variable is needed</source>
        <translation>нужно имя переменной окружения</translation>
    </message>
    <message>
        <source>64 digits from 0 to 9 and a to f are needed</source>
        <translation>нужны 64 знака от 0 до 9 и от a до f</translation>
    </message>
    <message>
        <source>a table with options is needed</source>
        <translation>нужна таблица с настройками</translation>
    </message>
    <message>
        <source>Quick prompt</source>
        <translation>Быстрый вопрос</translation>
    </message>
    <message>
        <source>Open the quick prompt with keys</source>
        <translation>Открывать быстрый вопрос клавишами</translation>
    </message>
    <message>
        <source>They work in every program.</source>
        <translation>Они действуют в любой программе.</translation>
    </message>
    <message>
        <source>Keys for the quick prompt</source>
        <translation>Клавиши быстрого вопроса</translation>
    </message>
    <message>
        <source>Keep no quick questions</source>
        <translation>Не хранить быстрые вопросы</translation>
    </message>
    <message>
        <source>Nothing of them is written to the disk.</source>
        <translation>Ничего из них не записывается на диск.</translation>
    </message>
    <message>
        <source>Commands of your own</source>
        <translation>Свои команды</translation>
    </message>
    <message>
        <source>One in each line, such as: /short Say it in one sentence: {selection}. They may hold {selection}, {clipboard} and {input}, and take the place of a command of the same name.</source>
        <translation>По одной в строке, например: /short Скажи одним предложением: {selection}. В них могут стоять {selection}, {clipboard} и {input}; команда с тем же именем заменяется.</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>Значок в трее</translation>
    </message>
    <message>
        <source>Where the system has a tray.</source>
        <translation>Если в системе есть трей.</translation>
    </message>
    <message>
        <source>A click on the icon opens</source>
        <translation>Щелчок по значку открывает</translation>
    </message>
    <message>
        <source>The quick prompt</source>
        <translation>Быстрый вопрос</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>Оставаться в трее, когда окно закрыто</translation>
    </message>
    <message>
        <source>Tell when an answer is complete</source>
        <translation>Сообщать, когда ответ готов</translation>
    </message>
    <message>
        <source>While none of our windows is in use, and nothing fills the whole screen.</source>
        <translation>Когда ни одно наше окно не используется и ничто не занимает весь экран.</translation>
    </message>
    <message>
        <source>Start with the system</source>
        <translation>Запускать вместе с системой</translation>
    </message>
    <message>
        <source>Without a window, one key away.</source>
        <translation>Без окна, в одном нажатии от вас.</translation>
    </message>
    <message>
        <source>http://, https://, socks4://, socks5:// or socks5h://</source>
        <translation>http://, https://, socks4://, socks5:// или socks5h://</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Find services</source>
        <translation>Найти сервисы</translation>
    </message>
</context>
<context>
    <name>SettingsCard</name>
    <message>
        <source>{title}, folded</source>
        <translation>{title}, свёрнуто</translation>
    </message>
    <message>
        <source>{title}, open</source>
        <translation>{title}, развёрнуто</translation>
    </message>
</context>
<context>
    <name>SettingsProblems</name>
    <message>
        <source>The settings file has values that cannot be used: {options}. The defaults hold in their place, and the file is as it was.</source>
        <translation>В файле настроек есть неподходящие значения: {options}. Вместо них действуют обычные, а файл остался как был.</translation>
    </message>
    <message>
        <source>The defaults hold. When you change something, the file is kept as {file}.</source>
        <translation>Действуют обычные настройки. Когда вы что-нибудь измените, файл сохранится под именем {file}.</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Поиск по настройкам</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Поиск (Ctrl+F)</translation>
    </message>
    <message>
        <source>Keep keys until the program ends</source>
        <translation>Хранить ключи до выхода</translation>
    </message>
    <message>
        <source>Keep keys in a file…</source>
        <translation>Хранить ключи в файле…</translation>
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
    <name>SiteOffer</name>
    <message>
        <source>A free web chat: no account, no key. Your questions go to that site; nothing is sent before you press the button.</source>
        <translation>Бесплатный чат на сайте, без учётной записи и без ключа. Вопросы уходят на этот сайт; пока кнопка не нажата, ничего не отправляется.</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Всё равно выбрать</translation>
    </message>
    <message>
        <source>A model on this computer, a key of your own and the demo do without it.</source>
        <translation>Модель на этом компьютере, свой ключ и демо обходятся без него.</translation>
    </message>
    <message>
        <source>Check and use</source>
        <translation>Проверить и выбрать</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Asking for one word…</source>
        <translation>Прошу одно слово…</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>Работает.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Проверить снова</translation>
    </message>
    <message>
        <source>Guarded.</source>
        <translation>Под охраной.</translation>
    </message>
    <message>
        <source>Changed.</source>
        <translation>Изменился.</translation>
    </message>
    <message>
        <source>Not reached.</source>
        <translation>Недоступен.</translation>
    </message>
    <message>
        <source>Not now.</source>
        <translation>Не сейчас.</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>Шаги</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>running</source>
        <translation>идёт</translation>
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
    <message>
        <source>Picture: {name}</source>
        <translation>Картинка: {name}</translation>
    </message>
    <message>
        <source>File: {name}</source>
        <translation>Файл: {name}</translation>
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
    <name>Tray</name>
    <message>
        <source>Quick prompt</source>
        <translation>Быстрый вопрос</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Показать окно</translation>
    </message>
    <message>
        <source>Copy an answer</source>
        <translation>Скопировать ответ</translation>
    </message>
    <message>
        <source>Pause the hotkey</source>
        <translation>Приостановить горячую клавишу</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Beseda: an answer is on its way</source>
        <translation>Беседа: ответ пишется</translation>
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
    <name>WaitingActions</name>
    <message>
        <source>While you wait</source>
        <translation>Пока вы ждёте</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Повторить сейчас</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>Ждать дальше</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
</context>
<context>
    <name>WaylandHotkey</name>
    <message>
        <source>Open the quick prompt of Beseda</source>
        <translation>Открыть быстрый вопрос Beseda</translation>
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
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Diagnose the service…</source>
        <translation>Проверить связь со службой…</translation>
    </message>
    <message>
        <source>Find services…</source>
        <translation>Найти сервисы…</translation>
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
<context>
    <name>_Picture</name>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>Эту картинку нельзя показать.</translation>
    </message>
</context>
</TS>
