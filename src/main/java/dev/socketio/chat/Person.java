package dev.socketio.chat;

import dev.socketio.chat.ChatMessage.Sender;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who is in the chat, in one tab or in several. */
final class Person {

    /** How many messages are known again if they come twice; a page sends one at a time. */
    private static final int MAX_SENT = 32;

    /**
     * What everybody may know.
     *
     * @param rooms where the person is, by name
     * @param away whether no tab is connected, although one may be soon
     * @param simple whether it is a program, or a page, that has texts only: it hears no private messages
     */
    record View(String id, String name, Collection<String> rooms, boolean away, boolean simple) {}

    private final String id;
    private final String key;
    private final boolean simple;
    private final Map<String, Tab> tabs = new LinkedHashMap<>();
    private final Map<String, ChatMessage> sent = new LinkedHashMap<>();
    private String name;
    private boolean named;

    Person(String id, String key, String name, boolean simple) {
        this.id = id;
        this.key = key;
        this.name = name;
        this.simple = simple;
    }

    String id() {
        return id;
    }

    /** Returns the secret by which the tabs of one browser are known to be the same person's. */
    String key() {
        return key;
    }

    String name() {
        return name;
    }

    /** Returns whether the person has chosen the name. */
    boolean isNamed() {
        return named;
    }

    void rename(String chosen) {
        name = chosen;
        named = true;
    }

    boolean isSimple() {
        return simple;
    }

    Map<String, Tab> tabs() {
        return tabs;
    }

    /** Returns what Socket.IO knows all tabs by. */
    String channel() {
        return "person:" + id;
    }

    Sender sender() {
        return new Sender(id, name);
    }

    View view() {
        return new View(
                id,
                name,
                tabs.values().stream().map(tab -> tab.room().name()).distinct().toList(),
                tabs.values().stream().noneMatch(Tab::isConnected),
                simple);
    }

    /**
     * Returns what became of a message that the page sends again because it has heard nothing of it.
     *
     * @param sentAs the page's own id for it
     */
    @Nullable
    ChatMessage sent(String sentAs) {
        return sent.get(sentAs);
    }

    void remember(String sentAs, ChatMessage message) {
        sent.put(sentAs, message);
        if (sent.size() > MAX_SENT) {
            sent.remove(sent.keySet().iterator().next());
        }
    }
}
