package dev.socketio.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTest {

    @ParameterizedTest
    @CsvSource({
        "message 42,            MESSAGE, 42",
        "'  message  a   b ',   MESSAGE, 'a   b'",
        "message -,             MESSAGE, -",
        "send my photo.png,     SEND,    my photo.png",
        "listen,                LISTEN,  ''",
        "disconnect,            DISCONNECT, ''",
    })
    void readsCommands(String line, Command.Verb verb, String argument) throws UsageException {
        assertThat(Command.parse(line)).isEqualTo(new Command(verb, argument));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mesage 42      | 'use message VALUE, send FILE, listen or disconnect'",
                "message        | message 42 or message hello",
                "send           | send photo.png",
                "disconnect now | disconnect stands alone: leave out \"now\"",
            })
    void namesTheFix(String line, String fix) {
        assertThatThrownBy(() -> Command.parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(fix);
    }

    @Test
    void sendsNumbersAsNumbers() {
        assertThat(Command.value("42")).isEqualTo(42L);
        assertThat(Command.value("-0.5e3")).isEqualTo(-500.0);
        assertThat(Command.value("9223372036854775808")).isEqualTo(9.223372036854776e18);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "1 2", "007", "0x10", "+1", "1.", "NaN", "1e999", "٤"})
    void sendsAllElseAsText(String text) {
        assertThat(Command.value(text)).isEqualTo(text);
    }
}
