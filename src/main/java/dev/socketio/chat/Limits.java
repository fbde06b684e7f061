package dev.socketio.chat;

import java.time.Duration;

/**
 * How much of everything the chat bears.
 *
 * @param people who are there at once, those who have lost their connection for a moment included
 * @param tabs of one person
 * @param rooms at once, with the lobby
 * @param messageLength of one message, in UTF-16 units as in a page's {@code maxlength}
 * @param burst how much one connection may do at once
 * @param perSecond how much of that it gets back in a second
 * @param history how many messages of a room are kept for those who come later
 * @param historyLength how long these may be together, in UTF-16 units
 * @param away how long somebody whose connection broke may be away before having left
 */
record Limits(
        int people,
        int tabs,
        int rooms,
        int messageLength,
        int burst,
        double perSecond,
        int history,
        int historyLength,
        Duration away) {

    /**
     * Those of the application. The longest histories of all rooms take 20 MB; {@code away} is how long connections can
     * be recovered.
     */
    static final Limits DEFAULT = new Limits(500, 10, 100, 10_000, 20, 2, 50, 100_000, Duration.ofMinutes(2));
}
