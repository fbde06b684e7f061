package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History(new Limits(1, 1, 1, 10, 1, 1, 3, 20, Duration.ofSeconds(1)));

    @Test
    void keepsTheNewest() {
        for (String text : new String[] {"a", "b", "c", "d"}) {
            add(text);
        }

        assertThat(history.all()).extracting(ChatMessage::text).containsExactly("b", "c", "d");
    }

    @Test
    void keepsNoMoreThanSoManyCharacters() {
        add("x".repeat(10));
        add("y".repeat(10));
        assertThat(history.all()).hasSize(2);
        add("z");

        assertThat(history.all()).extracting(ChatMessage::text).containsExactly("y".repeat(10), "z");
    }

    private void add(String text) {
        history.add(new ChatMessage("1", new ChatMessage.Sender("1", "Ada"), "Lobby", null, text, Instant.EPOCH));
    }
}
