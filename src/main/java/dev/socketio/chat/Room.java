package dev.socketio.chat;

/** A room of the chat, which exists as long as a tab is in it. */
final class Room {

    private final String name;
    private final String key;
    private final History history;
    private int tabs;

    Room(String name, Limits limits) {
        this.name = name;
        this.key = Names.key(name);
        this.history = new History(limits);
    }

    String name() {
        return name;
    }

    String key() {
        return key;
    }

    /** Returns what Socket.IO knows it by. Ids of sockets are rooms too, which no colon can be in. */
    String channel() {
        return "room:" + key;
    }

    History history() {
        return history;
    }

    void enter() {
        tabs++;
    }

    void leave() {
        tabs--;
    }

    boolean isEmpty() {
        return tabs == 0;
    }
}
