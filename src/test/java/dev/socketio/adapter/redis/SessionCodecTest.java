package dev.socketio.adapter.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.adapter.Session;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.PacketException;
import dev.socketio.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCodecTest {

    private static final String SELF = "0123456789abcdef";

    /** {@code {sid: "s1", pid: "p1", rooms: ["s1", "news", 7], data: {name: "ann"}}}. */
    private static final String OF_NODE = "hKNzaWSiczGjcGlkonAxpXJvb21zk6JzMaRuZXdzB6RkYXRhgaRuYW1lo2Fubg==";

    private static final Session SESSION = new Session(
            "s1",
            "p1",
            Map.of("s1", 5L, "räume", 1L << 62),
            "ann",
            5,
            7,
            "1-2",
            Instant.parse("2026-01-01T00:00:00.001Z"));

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final Trees trees = new Trees(json);
    private final SessionCodec codec = codec("/", SELF);

    private SessionCodec codec(String namespace, String self) {
        return new SessionCodec(
                trees,
                namespace,
                self,
                session -> Value.of(json, Map.of("name", session.data())),
                object -> object.path("name").asText());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsWhatItWrites() {
        Session least = new Session("s", "p", Map.of(), "", 0, 0, null, null);

        assertThat(codec.read(codec.write(SESSION))).isEqualTo(SESSION);
        assertThat(codec.read(codec.write(least))).isEqualTo(least);
    }

    @Test
    void writesWhatNodeReads() {
        JsonNode written = trees.read(Base64.getDecoder().decode(codec.write(SESSION)));

        assertThat(written.path("sid").textValue()).isEqualTo("s1");
        assertThat(written.path("pid").textValue()).isEqualTo("p1");
        assertThat(Names.read(written.path("rooms"))).containsExactlyInAnyOrder("s1", "räume");
        assertThat(written.path("data").path("name").textValue()).isEqualTo("ann");
    }

    @Test
    void readsWhatNodeWrites() {
        assertThat(codec.read(bytes(OF_NODE)))
                .isEqualTo(new Session("s1", "p1", Map.of("s1", 0L, "news", 0L, "7", 0L), "ann", 0, 0, null, null));
    }

    @Test
    void beginsWithWhoHasWrittenIt() {
        byte[] owner = codec.owner();
        byte[] other = codec("/", "0123456789abcdee").write(SESSION);

        assertThat(owner).hasSize(SessionCodec.OWNER_LENGTH);
        assertThat(codec.write(SESSION)).startsWith(owner);
        assertThat(Arrays.copyOf(other, owner.length)).isNotEqualTo(owner);
        assertThat(Arrays.copyOf(other, SessionCodec.MARK_LENGTH))
                .isEqualTo(Arrays.copyOf(owner, SessionCodec.MARK_LENGTH));
        assertThat(Arrays.copyOf(bytes(OF_NODE), SessionCodec.MARK_LENGTH))
                .isNotEqualTo(Arrays.copyOf(owner, SessionCodec.MARK_LENGTH));

        System.arraycopy(owner, 0, other, 0, owner.length); // as Redis does when a server takes it
        assertThat(codec.read(other)).isEqualTo(SESSION);
    }

    @Test
    void isOfItsNamespaceOnly() {
        assertThat(codec("/admin", SELF).read(codec.write(SESSION))).isNull();
        assertThat(requireNonNull(codec("/admin", SELF).read(bytes(OF_NODE))).id())
                .isEqualTo("s1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "3q2+7w==", "gA==", "gaNzaWSicw=="})
    void refusesWhatIsMalformed(String text) {
        assertThatThrownBy(() -> codec.read(bytes(text))).isInstanceOf(PacketException.class);
    }
}
