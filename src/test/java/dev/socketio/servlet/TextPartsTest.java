package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextPartsTest {

    private final TextParts parts = new TextParts();

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Zürich", "日本語", "a😀b", "\uFFFD", "\uFFFDü😀"})
    void decodesAMessageWhereverItIsCut(String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                String decoded = parts.decode(ByteBuffer.wrap(bytes, 0, first), false)
                        + parts.decode(ByteBuffer.wrap(bytes, first, second - first), false)
                        + parts.decode(ByteBuffer.wrap(bytes, second, bytes.length - second), true);

                assertThat(decoded).as("cut at %d and %d", first, second).isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "ff",
                "80",
                "e282",
                "f09f98",
                "eda080",
                "f8888080",
                "41ff",
                "e28241",
                "c3",
                "f4908080",
            })
    void refusesWhatIsNotUtf8WhereverItIsCut(String hex) {
        byte[] bytes = bytes(hex);
        for (int cut = 0; cut <= bytes.length; cut++) {
            int end = cut;
            TextParts fresh = new TextParts();
            assertThatThrownBy(() -> {
                        fresh.decode(ByteBuffer.wrap(bytes, 0, end), false);
                        fresh.decode(ByteBuffer.wrap(bytes, end, bytes.length - end), true);
                    })
                    .as("cut at %d", cut)
                    .isInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void saysThatAPartIsWrongAtOnce() {
        assertThatThrownBy(() -> parts.decode(ByteBuffer.wrap(bytes("41ff42")), false))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void takesBytesFromOutsideTheHeap() throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(3).put(bytes("41c3bc")).flip();

        assertThat(parts.decode(direct, true)).isEqualTo("Aü");
        assertThat(direct.hasRemaining()).isFalse();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
