package dev.socketio.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what a server sends. */
final class Outgoing {

    private Outgoing() {}

    static OutgoingEvent event(String namespace, String name, @Nullable Object @Nullable [] arguments, long ackId) {
        return OutgoingEvent.of(namespace, name, arguments).withAckId(ackId);
    }

    static Object refusal(@Nullable String message, @Nullable Object data) {
        Map<String, @Nullable Object> refusal = new LinkedHashMap<>();
        refusal.put("message", message);
        if (data != null) {
            refusal.put("data", data);
        }
        return refusal;
    }
}
