package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polling with {@code j}: scripts and forms. */
class JsonpTest {

    private final EngineFixture engine = EngineFixture.ofRevision3();

    @BeforeEach
    void open() {
        engine.openPolling();
    }

    @Test
    void answersTheHandshakeWithAScript() {
        FakeExchange handshake = engine.handle(FakeExchange.get("EIO=3&transport=polling&j=0"));

        assertThat(handshake.text())
                .startsWith("___eio[0](\"")
                .contains(":0{\\\"sid\\\":\\\"sid2\\\",")
                .endsWith("}\");");
        assertThat(handshake.reply().contentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(handshake.reply().fresh()).isTrue();
    }

    @Test
    void answersClientsOfRevision4Too() {
        EngineFixture newer = new EngineFixture();
        newer.openPolling();
        newer.socket().send("a");
        newer.socket().send("b");

        FakeExchange poll = newer.handle(FakeExchange.get(newer.session(EngineFixture.POLLING) + "&j=7"));

        assertThat(poll.text()).isEqualTo("___eio[7](\"4a\\u001e4b\");");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "12                    | 12",
                "``                    | ``",
                "-1                    | 1",
                "1];alert(2);//        | 12",
                "</script>3            | 3",
                "%31%0a%e2%80%a84      | 14",
                "%d9%a35               | 5",
            })
    void takesNothingButDigitsOfTheIndex(String index, String digits) {
        engine.socket().send("x");

        assertThat(poll(index)).isEqualTo("___eio[" + digits + "](\"2:4x\");");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "say \"hi\"    | say \\\"hi\\\"",
                "a\\b          | a\\\\b",
                "</script>     | </script>",
                "é🔑           | é🔑",
            })
    void writesTextAsJavaScript(String message, String script) {
        engine.socket().send(message);

        assertThat(poll("3")).isEqualTo("___eio[3](\"" + (message.length() + 1) + ":4" + script + "\");");
    }

    @Test
    void escapesWhatEndsALine() {
        engine.socket().send("\n\r\t\b\f\u0000\u001f\u007f\u2028\u2029");

        assertThat(poll("0")).isEqualTo("___eio[0](\"11:4\\n\\r\\t\\b\\f\\u0000\\u001f\u007f\\u2028\\u2029\");");
    }

    @Test
    void writesBytesInBase64() {
        engine.socket().send(new byte[] {1, 2, 3, 4});

        assertThat(poll("0")).isEqualTo("___eio[0](\"10:b4AQIDBA==\");");
    }

    private String poll(String index) {
        return engine.handle(FakeExchange.get(engine.session(EngineFixture.POLLING_V3) + "&j=" + index))
                .text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what the client says | the field, before it is encoded
                "hello   | 6:4hello",
                "a+b&c=d | 8:4a+b&c=d",
                "é🔑      | 4:4é🔑",
            })
    void readsTheFieldOfAForm(String message, String field) {
        FakeExchange post = post("d=" + URLEncoder.encode(field, StandardCharsets.UTF_8));

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // as the client writes it | as it is meant, with _ for a line end
                "4:4a\\nb       | a_b",
                "5:4a\\\\nb     | a\\nb",
                "6:4a\\\\\\nb   | a\\\\nb",
                "4:4a\\b        | a\\b",
                "5:4a\\\\b      | a\\\\b",
                "3:4\\n\\n      | __",
            })
    void undoesWhatTheClientDidToLineEnds(String field, String message) {
        post("d=" + URLEncoder.encode(field, StandardCharsets.UTF_8));

        assertThat(engine.above.events).containsExactly("message: " + message.replace('_', '\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x=6:4hello", "d", "dd=6:4hello", "&&&", "D=6:4hello"})
    void doesNothingWithoutTheField(String form) {
        assertThat(post(form)).hasToString("200 ok");
        assertThat(engine.above.events).isEmpty();
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void findsTheFieldAmongOthers() {
        post("a=1&d=6:4hello&b=2");

        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void endsTheSessionForAFieldThatIsNoPayload() {
        assertThat(post("d=")).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("close: parse error, not an Engine.IO packet");
    }

    @Test
    void readsFormsOfClientsOfRevision4() {
        EngineFixture newer = new EngineFixture();
        newer.openPolling();

        newer.handle(FakeExchange.post(newer.session(EngineFixture.POLLING) + "&j=0", "d=4a%1E4b"));

        assertThat(newer.above.events).containsExactly("message: a", "message: b");
    }

    @Test
    void aLongFormOfTinyFieldsCostsNoMoreThanItsLength() {
        assertThat(post("a&".repeat(499_000))).hasToString("200 ok");
        assertThat(engine.socket().isOpen()).isTrue();
    }

    private FakeExchange post(String form) {
        return engine.handle(FakeExchange.post(engine.session(EngineFixture.POLLING_V3) + "&j=0", form));
    }
}
