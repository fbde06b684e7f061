package dev.socketio;

import dev.socketio.protocol.OutgoingEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The answer to one event of a client. */
final class EventAck implements Ack {

    private final Socket socket;
    private final @Nullable String ackId;
    private final AtomicBoolean sent = new AtomicBoolean();

    EventAck(Socket socket, @Nullable String ackId) {
        this.socket = socket;
        this.ackId = ackId;
    }

    @Override
    public boolean isRequested() {
        return ackId != null;
    }

    @Override
    public void send(@Nullable Object... arguments) {
        if (ackId == null || sent.get()) {
            return;
        }
        Namespace namespace = socket.namespace();
        var packet = namespace.server().encoder().ack(namespace.name(), ackId, OutgoingEvent.list(arguments));
        if (!sent.getAndSet(true)) {
            socket.sendPacket(packet);
        }
    }
}
