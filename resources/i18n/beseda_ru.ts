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
    <name>HeaderBar</name>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Меню</translation>
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
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>Беседа</translation>
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
</context>
</TS>
