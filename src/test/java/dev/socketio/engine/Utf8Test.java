package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\u0000",
                "\u007f",
                "\u0080",
                "ä",
                "\u07ff",
                "\u0800",
                "€",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "😀",
                "\ud800\udc00",
                "\udbff\udfff",
                "a😀ä€",
                "\ud800",
                "\udc00",
                "\ud800a",
                "\udc00\ud800",
                "\ud83d\ud83d\ude00"
            })
    void countsAsTheEncoderDoes(String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void countsAnyTextAsTheEncoderDoes() {
        Random random = new Random(8);
        for (int i = 0; i < 10_000; i++) {
            String text = anyText(random);

            assertThat(Utf8.length(text)).as(text).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void fitsExactlyWhatIsNotLonger() {
        Random random = new Random(9);
        for (int i = 0; i < 10_000; i++) {
            String text = anyText(random);
            int limit = random.nextInt(40);

            assertThat(Utf8.fits(text, limit)).as(text).isEqualTo(Utf8.length(text) <= limit);
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(0x10000) >> random.nextInt(12)));
        }
        return text.toString();
    }
}
