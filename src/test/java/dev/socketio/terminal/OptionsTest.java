package dev.socketio.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {

    private static Options parse(String line) throws UsageException {
        return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }

    @Test
    void hasDefaults() throws UsageException {
        Address address = new Address("http://localhost:3000", "/socket.io/", null, "/");

        assertThat(parse("connect http://localhost:3000"))
                .isEqualTo(new Options(address, Duration.ofSeconds(10), false, false, Optional.empty()));
    }

    @Test
    void takesOptionsOnBothSidesOfTheUrl() throws UsageException {
        Options options =
                parse("connect --path /live --namespace news wss://a/b?c=d --json --ack --timeout 5 send a --json");

        assertThat(options.address()).isEqualTo(new Address("wss://a", "/live/", "c=d", "/news"));
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.json()).isTrue();
        assertThat(options.ack()).isTrue();
        assertThat(options.command()).contains(new Command(Command.Verb.SEND, "a --json"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://host,           /socket.io/,           http://host",
        "http://host/,          /socket.io/,           http://host",
        "https://host:1/chat,   /chat/socket.io/,      https://host:1",
        "HTTP://[::1]:3000/a/b/,/a/b/socket.io/,       http://[::1]:3000",
        "http://host/a%20b,     /a%20b/socket.io/,     http://host",
    })
    void looksForSocketIoBelowTheWebApplication(String url, String path, String origin) throws UsageException {
        Address address = parse("connect " + url).address();

        assertThat(address.path()).isEqualTo(path);
        assertThat(address.origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | begin with connect, as in connect http://localhost:3000",
                "http://localhost                    | begin with connect",
                "connect                             | connect needs a URL",
                "connect localhost:3000              | give one such as http://localhost:3000",
                "connect http://                     | give one such as http://localhost:3000",
                "connect http://a --jsn              | --jsn is no option: see --help",
                "connect --path                      | --path needs a value",
                "connect http://a --timeout soon     | 'give seconds, from 1 to 3600'",
                "connect http://a --timeout 0        | 'give seconds, from 1 to 3600'",
                "connect http://a shout hello        | use message VALUE",
            })
    void namesTheFix(String line, String fix) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class).hasMessageContaining(fix);
    }
}
