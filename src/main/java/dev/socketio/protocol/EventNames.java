package dev.socketio.protocol;

import java.util.Set;

/** The names that the library keeps for itself. */
public final class EventNames {

    private static final int MAX_PRINTABLE_LENGTH = 100;

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** Returns whether neither side may send an event of this name. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** Returns a name that a client has chosen as a line of a log may show it: without line breaks, and not too long. */
    public static String printable(String name) {
        String start = name.length() <= MAX_PRINTABLE_LENGTH ? name : name.substring(0, MAX_PRINTABLE_LENGTH) + "…";
        for (int i = 0; i < start.length(); i++) {
            if (Character.isISOControl(start.charAt(i))) {
                return start.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return start;
    }
}
