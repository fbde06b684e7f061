package dev.socketio.chat;

import java.util.ArrayDeque;
import java.util.List;

/** The newest messages of a room. */
final class History {

    private final Limits limits;
    private final ArrayDeque<ChatMessage> messages = new ArrayDeque<>();
    private int length;

    History(Limits limits) {
        this.limits = limits;
    }

    void add(ChatMessage message) {
        messages.add(message);
        length += message.text().length();
        while (messages.size() > limits.history() || length > limits.historyLength()) {
            length -= messages.remove().text().length();
        }
    }

    /** Returns the messages, oldest first, a copy. */
    List<ChatMessage> all() {
        return List.copyOf(messages);
    }
}
