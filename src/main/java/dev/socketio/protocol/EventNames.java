package dev.socketio.protocol;

import java.util.Set;

/** The names that the library keeps for itself. */
public final class EventNames {

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** Returns whether neither side may send an event of this name. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }
}
