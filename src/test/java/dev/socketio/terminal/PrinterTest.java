package dev.socketio.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

final class PrinterTest {

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream news = new ByteArrayOutputStream();

    private Printer printer(boolean json) {
        return new Printer(json, new PrintStream(data, false, UTF_8), new PrintStream(news, false, UTF_8));
    }

    @Test
    void keepsWhatArrivesApartFromNews() {
        Printer printer = printer(false);

        printer.news("connected");
        printer.talkback("hällo");
        printer.talkback(7);
        printer.talkback(null);
        printer.talkback(new byte[12]);
        printer.error("lost");

        assertThat(data.toString(UTF_8).lines()).containsExactly("hällo", "7", "null", "<12 bytes>");
        assertThat(news.toString(UTF_8).lines()).containsExactly("connected", "lost");
    }

    @Test
    void writesJson() {
        Printer printer = printer(true);

        printer.talkback("a \"b\"");
        printer.talkback(new byte[] {1, 2, 3});
        printer.talkback(null);
        printer.talkback(new JSONArray().put(1).put(new JSONObject()));
        printer.news("connected");
        printer.error("lost");

        assertThat(data.toString(UTF_8).lines())
                .containsExactly(
                        "{\"talkback\":\"a \\\"b\\\"\"}",
                        "{\"talkback\":{\"base64\":\"AQID\"}}",
                        "{\"talkback\":null}",
                        "{\"talkback\":[1,{}]}");
        assertThat(news.toString(UTF_8).lines()).containsExactly("{\"info\":\"connected\"}", "{\"error\":\"lost\"}");
    }

    @Test
    void givesTerminalsNothingToObey() {
        printer(false).talkback("\u001b[2J\u0007a\r\nb\u009b\u202ec");
        printer(true).talkback("\u001b[2J\u009b");

        assertThat(data.toString(UTF_8).lines())
                .containsExactly(
                        "\\u001b[2J\\u0007a\\u000d\\u000ab\\u009b\\u202ec", "{\"talkback\":\"\\u001b[2J\\u009b\"}");
    }

    @Test
    void noticesThatNobodyReadsAnyMore() {
        PrintStream closed = new PrintStream(data, false, UTF_8);
        closed.close();

        assertThat(printer(false).talkback(1)).isTrue();
        assertThat(new Printer(false, closed, closed).talkback(1)).isFalse();
    }
}
