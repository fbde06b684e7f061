package dev.socketio.engine;

import org.jspecify.annotations.Nullable;

/** The ways in which packets travel. */
public enum TransportName {
    /** HTTP long polling: a GET that waits for packets, a POST that brings some. */
    POLLING("polling"),
    /** One WebSocket message for each packet. */
    WEBSOCKET("websocket");

    private final String text;

    TransportName(String text) {
        this.text = text;
    }

    /** Returns the transport that the {@code transport} parameter of a request names, or null. */
    public static @Nullable TransportName of(@Nullable String text) {
        for (TransportName name : values()) {
            if (name.text.equals(text)) {
                return name;
            }
        }
        return null;
    }

    /** Returns the name as it stands in requests: {@code polling} or {@code websocket}. */
    @Override
    public String toString() {
        return text;
    }
}
