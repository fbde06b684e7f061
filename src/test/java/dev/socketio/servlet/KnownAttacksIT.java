package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EngineOptions;
import dev.socketio.servlet.RawWebSocket.Frame;
import dev.socketio.testing.RawConnection;
import java.io.ByteArrayOutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests and frames that have brought down Engine.IO servers, or might: the attacker is refused or cut off, and another
 * client does not notice. {@code docs/security.md} lists them; {@code KnownAttacksTest} has those above the transports.
 */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forWebSockets")
final class KnownAttacksIT {

    private static final String WEBSOCKET = "/?EIO=4&transport=websocket";
    private static final byte[] NO_FRAME = {-1, -1, -1, -1, -1, -1, -1, -1};
    private static final byte[] MASK = {1, 2, 3, 4};

    private final TestEngine engine;
    private PollingClient bystander;

    @SuppressWarnings("NullAway.Init")
    KnownAttacksIT(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void somebodyIsThere() throws Exception {
        bystander = PollingClient.open(engine);
    }

    @AfterEach
    void whoHasNotNoticed() throws Exception {
        bystander.assertUsable();
    }

    private static String upgrade(String target, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "Upgrade: websocket";
        all[headers.length + 1] = "Connection: Upgrade";
        all[headers.length + 2] = "Sec-WebSocket-Version: 13";
        all[headers.length + 3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        return RawConnection.head("GET", TestEngine.PATH + target, all);
    }

    /** CVE-2022-21676. */
    @Test
    void aBrokenFrameComesWithTheHandshake() throws Exception {
        for (int i = 0; i < 10; i++) {
            try (RawConnection attacker = new RawConnection(engine.port())) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(upgrade(WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
                bytes.writeBytes(NO_FRAME);
                attacker.write(bytes.toByteArray());

                assertThat(attacker.readToEnd()).isGreaterThanOrEqualTo(0); // ends at all
            }
        }
    }

    /** CVE-2022-41940. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?EIO=4&transport=websocket&sid=unknown",
                "/?EIO=9&transport=websocket",
                "/?EIO=4&transport=polling"
            })
    void theConnectionOfARefusedUpgradeIsReset(String target) throws Exception {
        for (int i = 0; i < 20; i++) {
            RawConnection attacker = new RawConnection(engine.port());
            attacker.write(upgrade(target));
            attacker.reset();
        }
    }

    /** CVE-2023-31125. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "constructor",
                "__proto__",
                "toString",
                "hasOwnProperty",
                "handlesUpgrades",
                "websocket%00",
                "WebSocket",
                ""
            })
    void theTransportIsNone(String transport) throws Exception {
        for (String sid : new String[] {"", "&sid=__proto__", "&sid=" + bystander.sid()}) {
            try (RawConnection attacker = new RawConnection(engine.port())) {
                attacker.write(upgrade("/?EIO=4&transport=" + transport + sid));

                assertThat(attacker.read().status()).isEqualTo(400);
            }
        }
    }

    /** CVE-2021-32640. */
    @Test
    void theListOfSubprotocolsIsMadeForSlowExpressions() throws Exception {
        try (RawConnection attacker = new RawConnection(engine.port())) {
            attacker.write(upgrade(WEBSOCKET, "Sec-WebSocket-Protocol: a" + " ".repeat(6_000) + "b"));

            assertThat(attacker.read().status()).isIn(101, 400);
        }
    }

    /** CVE-2024-37890. */
    @Test
    void aRequestHasTooManyHeaders() throws Exception {
        String[] headers = new String[2_000];
        Arrays.fill(headers, "x: y");
        try (RawConnection attacker = new RawConnection(engine.port())) {
            attacker.write(upgrade(WEBSOCKET, headers));

            assertThat(attacker.read().status()).isIn(400, 431);
        }
    }

    /** CVE-2026-48779. */
    @Test
    void aMessageComesInTinyFragments() throws Exception {
        int length = 100_000;
        try (RawWebSocket attacker = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(attacker.readSid());
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            frames.writeBytes(frame(false, RawWebSocket.TEXT, "4"));
            for (int i = 0; i < length; i++) {
                frames.writeBytes(frame(false, RawWebSocket.CONTINUATION, "x"));
                frames.writeBytes(frame(false, RawWebSocket.CONTINUATION, ""));
            }
            frames.writeBytes(frame(true, RawWebSocket.CONTINUATION, ""));
            attacker.connection().write(frames.toByteArray());

            assertThat(session.nextMessage()).isEqualTo("x".repeat(length));
        }
    }

    private static byte[] frame(boolean last, int opcode, String text) {
        return RawWebSocket.encode(new Frame(last, opcode, text.getBytes(StandardCharsets.US_ASCII)), MASK);
    }

    /** CVE-2026-59725. */
    @Test
    void aPostOfBytesIsLeftOpen() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection attacker = new RawConnection(engine.port())) {
            attacker.write(RawConnection.head(
                    "POST", client.target(), "Content-Type: application/octet-stream", "Content-Length: 1000"));

            assertThat(attacker.read().status()).isEqualTo(400);
            assertThat(client.session().end()).startsWith("transport error");
        }
    }

    /** The rest of a body never comes. */
    @Test
    void aPostTakesForEver() throws Exception {
        EngineOptions options = EngineOptions.builder()
                .pingInterval(Duration.ofMillis(200))
                .pingTimeout(Duration.ofMillis(200))
                .build();
        try (TestEngine impatient = engine.another(options)) {
            PollingClient client = PollingClient.open(impatient);
            try (RawConnection attacker = new RawConnection(impatient.port())) {
                attacker.write(RawConnection.head("POST", client.target(), "Content-Length: 1000") + "4x");

                assertThat(client.session().end()).startsWith("ping timeout");
                assertThat(impatient.clientsCount()).isZero();
                assertThat(client.session().hasMessages()).isFalse();
            }
        }
    }

    /** CVE-2020-36048: a body without an end is not read to its end. */
    @Test
    void aPostNeverEnds() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection attacker = new RawConnection(engine.port())) {
            attacker.write(RawConnection.head("POST", client.target(), "Transfer-Encoding: chunked"));
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                while (sent < 10_000) {
                    attacker.write(chunk);
                    sent++;
                }
            } catch (SocketException cut) {
                assertThat(sent).isGreaterThan(0);
            }
            assertThat(sent).isLessThan(10_000);
        }
        assertThat(client.session().hasMessages()).isFalse();
    }

    /** What is announced takes no memory, and what comes is counted. */
    @Test
    void aFrameAnnouncesMoreThanMayCome() throws Exception {
        try (RawWebSocket attacker = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(attacker.readSid());
            attacker.connection().write(new byte[] {(byte) 0x82, -1, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4});
            try {
                for (int i = 0; i < 20; i++) {
                    attacker.connection().write(new byte[100_000]);
                }
            } catch (SocketException cut) {
                assertThat(cut).hasMessageContaining(" "); // before all of it was sent
            }
            assertThat(session.end()).startsWith("transport error");
            assertThat(session.hasMessages()).isFalse();
        }
    }
}
