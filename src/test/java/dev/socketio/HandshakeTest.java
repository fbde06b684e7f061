package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.engine.EngineRequest;
import dev.socketio.time.FakeScheduler;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Principal ANN = () -> "ann";
    private static final EngineRequest REQUEST = new EngineRequest(
            "/socket.io/?EIO=4&transport=websocket&room=caf%C3%A9",
            Map.of("EIO", "4", "transport", "websocket", "room", "café"),
            Map.of("host", "localhost", "origin", "https://a.example", "accept", "a, b"),
            "192.0.2.7",
            true,
            ANN,
            Set.of("admin"),
            "the HTTP session");

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();

    private Handshake handshake(EngineRequest request) {
        return FakeClient.open(io, request).connect().handshake();
    }

    @Test
    void tellsOfTheRequest() {
        Handshake handshake = handshake(REQUEST);

        assertThat(handshake.url()).isEqualTo("/socket.io/?EIO=4&transport=websocket&room=caf%C3%A9");
        assertThat(handshake.query()).containsEntry("room", "café").containsEntry("EIO", "4");
        assertThat(handshake.headers()).containsEntry("host", "localhost").containsEntry("accept", "a, b");
        assertThat(handshake.address()).isEqualTo("192.0.2.7");
        assertThat(handshake.secure()).isTrue();
        assertThat(handshake.xdomain()).isTrue();
    }

    @Test
    void tellsWhenTheClientJoined() {
        time.advance(Duration.ofSeconds(5));

        Handshake handshake = handshake(REQUEST);

        assertThat(handshake.issued()).isEqualTo(FakeScheduler.START.plusSeconds(5));
        assertThat(handshake.time()).isEqualTo("Thu Jan 01 2026 00:00:05 GMT+0000 (Coordinated Universal Time)");
    }

    @Test
    void tellsOfTheUser() {
        Handshake handshake = handshake(REQUEST);

        assertThat(handshake.principal()).containsSame(ANN);
        assertThat(handshake.isUserInRole("admin")).isTrue();
        assertThat(handshake.isUserInRole("root")).isFalse();
    }

    @Test
    void givesTheHttpSessionAsItsType() {
        Handshake handshake = handshake(REQUEST);

        assertThat(handshake.httpSession(String.class)).contains("the HTTP session");
        assertThatThrownBy(() -> handshake.httpSession(Integer.class)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void doesWithoutWhatTheRequestHasNot() {
        Handshake handshake = handshake(FakeClient.REQUEST);

        assertThat(handshake.xdomain()).isFalse();
        assertThat(handshake.secure()).isFalse();
        assertThat(handshake.principal()).isEmpty();
        assertThat(handshake.httpSession(Object.class)).isEmpty();
        assertThat(handshake.isUserInRole("admin")).isFalse();
    }

    @Test
    void cannotBeModified() {
        Handshake handshake = handshake(REQUEST);

        assertThatThrownBy(() -> handshake.query().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> handshake.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
