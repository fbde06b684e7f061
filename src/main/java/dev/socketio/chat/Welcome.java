package dev.socketio.chat;

import java.util.List;

/**
 * The state of the chat, for a page that has connected.
 *
 * @param you the id of the person whom the page is for
 * @param room where the page is, by name
 * @param problems what could not be as the page wished, for people to read
 */
record Welcome(String you, String room, List<Person.View> people, List<ChatMessage> history, List<String> problems) {

    /**
     * What a page wishes when it connects, with its {@code auth}; what it leaves out is empty.
     *
     * @param key a secret of the browser, the same for all of its tabs
     * @param tab an id of the page, the same as long as it is open
     * @param name what the person likes to be called
     * @param room where to begin
     */
    record Wish(String key, String tab, String name, String room) {

        /** Longer ones are nobody's. */
        private static final int MAX_LENGTH = 1_000;

        boolean isSound() {
            return List.of(key, tab, name, room).stream().allMatch(value -> value.length() <= MAX_LENGTH);
        }
    }
}
