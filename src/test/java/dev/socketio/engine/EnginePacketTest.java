package dev.socketio.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnginePacketTest {

    @ParameterizedTest
    @CsvSource({
        "0{}, OPEN, {}",
        "1, CLOSE, ''",
        "2, PING, ''",
        "2probe, PING, probe",
        "3, PONG, ''",
        "3probe, PONG, probe",
        "4, MESSAGE, ''",
        "4hello, MESSAGE, hello",
        "42, MESSAGE, 2",
        "5, UPGRADE, ''",
        "6, NOOP, ''",
    })
    void readsTheDigitOfTheType(String text, EnginePacket.Type type, String data) {
        EnginePacket packet = requireNonNull(EnginePacket.parse(text));

        assertThat(packet.type()).isEqualTo(type);
        assertThat(packet.data()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "9", "abc", "b", "/", ":", " 4", "-1", "\u0664", "\uff14"})
    void readsNothingElse(String text) {
        assertThat(EnginePacket.parse(text)).isNull();
    }

    @Test
    void messagesOfTextStartWithTheirDigit() {
        assertThat(EnginePacket.message("hi").text()).isEqualTo("4hi");
    }

    @Test
    void messagesOfBytesAreTheBytes() {
        byte[] bytes = {1, 2};

        assertThat(EnginePacket.message(bytes).bytes()).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "hi, 3", "ä, 3", "€, 4", "😀, 5"})
    void sizeOfTextIsInBytes(String text, int size) {
        assertThat(EnginePacket.message(text).size()).isEqualTo(size);
    }

    @Test
    void sizeOfBytesIsTheirNumber() {
        assertThat(EnginePacket.message(new byte[3]).size()).isEqualTo(3);
    }

    @Test
    void onlyMessagesOfBytesAreBinary() {
        assertThat(EnginePacket.message(new byte[0]).isBinary()).isTrue();
        assertThat(EnginePacket.message("").isBinary()).isFalse();
        assertThat(EnginePacket.PING.isBinary()).isFalse();
    }

    @Test
    void bytesHaveNoText() {
        EnginePacket packet = EnginePacket.message(new byte[0]);

        assertThatThrownBy(packet::text).isInstanceOf(NullPointerException.class);
    }

    @Test
    void textHasNoBytes() {
        EnginePacket packet = EnginePacket.message("");

        assertThatThrownBy(packet::bytes).isInstanceOf(NullPointerException.class);
    }
}
