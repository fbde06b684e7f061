package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.engine.Cookie.SameSite;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {

    private static final Cookie IO = Cookie.named("io");

    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().cookie(IO));

    @Test
    void readsAsSocketIoWritesIt() {
        assertThat(IO.header("abc")).isEqualTo("io=abc; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void hasEveryAttribute() {
        Cookie full = Cookie.named("sid")
                .withPath("/chat")
                .withDomain("example.com")
                .withMaxAge(Duration.ofMinutes(1))
                .withExpires(Instant.parse("2026-03-04T05:06:07.890Z"))
                .withHttpOnly(false)
                .withSameSite(SameSite.NONE)
                .withSecure(true);

        assertThat(full.header("abc"))
                .isEqualTo("sid=abc; Max-Age=60; Domain=example.com; Path=/chat;"
                        + " Expires=Wed, 04 Mar 2026 05:06:07 GMT; Secure; SameSite=None");
    }

    @Test
    void canDoWithoutPathAndSameSite() {
        assertThat(IO.withoutPath().withoutSameSite().header("abc")).isEqualTo("io=abc; HttpOnly");
        assertThat(IO.withSameSite(SameSite.STRICT).header("abc")).endsWith("; SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=b", "a;b", "\n"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> Cookie.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/; Secure", "/\r\n", "\u20ac"})
    void refusesAttributesThatWouldEndTheCookie(String value) {
        assertThatThrownBy(() -> IO.withPath(value)).hasMessageContaining("path is");
        assertThatThrownBy(() -> IO.withDomain(value)).hasMessageContaining("domain is");
    }

    @Test
    void refusesWhatBrowsersDoNotTake() {
        EngineOptions.Builder options = EngineOptions.builder();

        assertThatThrownBy(() -> options.cookie(IO.withSameSite(SameSite.NONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("withSecure(true)");
    }

    @Test
    void comesWithTheHandshakeOverPolling() {
        FakeExchange handshake = engine.handle(FakeExchange.get(POLLING));

        assertThat(handshake.reply().headers()).hasToString("Set-Cookie: io=sid1; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void comesOnce() {
        engine.openPolling();

        assertThat(engine.post("4hello").reply().headers()).hasToString("");
    }

    @Test
    void neverComesWithAWebSocket() throws EngineRefusal {
        assertThat(engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET)).headers())
                .hasToString("");
    }

    @Test
    void neverComesWithARefusal() {
        assertThat(engine.handle(FakeExchange.get("")).reply().headers()).hasToString("");
    }

    @Test
    void isNotThereUnlessAskedFor() {
        assertThat(new EngineFixture().handle(FakeExchange.get(POLLING)).reply().headers())
                .hasToString("");
    }
}
