package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.SocketIoServer;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the server does for the pages First steps and Stage. */
final class LessonsTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = ChatServer.start(time, Limits.DEFAULT);
    private final Visitor one = Visitor.simple(io);
    private final Visitor other = Visitor.simple(io);

    @Test
    void welcomesEverybody() {
        assertThat(one.heard("welcome"))
                .extracting(note -> note.path("message").asText())
                .containsExactly("Welcome. It is nice to see you.");
        one.emit("thanks", Map.of("message", "Thank you."));
    }

    @Test
    void warnsEverybodyAsOftenAsTheyCanBear() {
        long warned = IntStream.range(0, 15)
                .filter(i -> one.ask("warn everybody").isNull())
                .count();

        assertThat(warned).isEqualTo(10);
        assertThat(one.heard("achtung")).hasSize(10);
        assertThat(other.heard("achtung")).hasSize(10);
        assertThat(other.ask("warn everybody").asText()).startsWith("Others have just done so.");

        time.advance(Duration.ofSeconds(1));
        assertThat(other.ask("warn everybody").isNull()).isTrue();
    }

    @Test
    void refusesFriendshipWithNobody() {
        assertThat(one.ask("friend request", "nobody").asText()).isEqualTo("There is no socket with this id.");
        assertThat(one.ask("friend request").asText()).isEqualTo("There is no socket with this id.");
        assertThat(other.heard("brag")).isEmpty();
    }

    @Test
    void showsMessagesToEverybodyAndTalkbackToOthers() {
        assertThat(one.ask("message", 42).isNull()).isTrue();
        assertThat(one.ask("talkback", "exit").isNull()).isTrue();

        assertThat(one.heard("message")).extracting(JsonNode::asInt).containsExactly(42);
        assertThat(other.heard("message")).extracting(JsonNode::asInt).containsExactly(42);
        assertThat(one.heard("talkback")).isEmpty();
        assertThat(other.heard("talkback")).extracting(JsonNode::asText).containsExactly("exit");
    }

    @Test
    void stagesOneValueOfModestSize() {
        String none = "That is none of number, text, true, false and bytes.";

        assertThat(one.ask("message").asText()).isEqualTo(none);
        assertThat(one.ask("message", Map.of("html", "<b>")).asText()).isEqualTo(none);
        assertThat(one.ask("message", "x".repeat(10_001)).asText()).isEqualTo("A text may have 10000 characters.");
        assertThat(other.heard("message")).isEmpty();
    }

    @Test
    void stagesAsMuchAsADialSends() {
        long shown = IntStream.range(0, 300)
                .filter(i -> one.ask("message", i).isNull())
                .count();

        assertThat(shown).isEqualTo(200);
        assertThat(other.ask("message", 1).isNull())
                .as("is another's allowance")
                .isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(one.ask("message", 1).isNull()).isTrue();
    }
}
