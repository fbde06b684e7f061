package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of an application to one connection. What they throw is logged and harms nobody. */
final class ConnectionEvents {

    private static final Logger log = LoggerFactory.getLogger(ConnectionEvents.class);

    /** For the many connections to which nobody listens. */
    static final ConnectionEvents NONE = new ConnectionEvents();

    private final List<Consumer<TransportName>> upgrade = new CopyOnWriteArrayList<>();
    private final List<Consumer<EnginePacket>> packet = new CopyOnWriteArrayList<>();
    private final List<Consumer<EnginePacket>> packetCreate = new CopyOnWriteArrayList<>();
    private final List<Runnable> drain = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<CloseReason, String>> close = new CopyOnWriteArrayList<>();

    void onUpgrade(Consumer<TransportName> listener) {
        upgrade.add(requireNonNull(listener, "listener"));
    }

    void onPacket(Consumer<EnginePacket> listener) {
        packet.add(requireNonNull(listener, "listener"));
    }

    void onPacketCreate(Consumer<EnginePacket> listener) {
        packetCreate.add(requireNonNull(listener, "listener"));
    }

    void onDrain(Runnable listener) {
        drain.add(requireNonNull(listener, "listener"));
    }

    void onClose(BiConsumer<CloseReason, String> listener) {
        close.add(requireNonNull(listener, "listener"));
    }

    void upgraded(TransportName transport) {
        tell(upgrade, listener -> listener.accept(transport));
    }

    void received(EnginePacket received) {
        if (!packet.isEmpty()) {
            tell(packet, listener -> listener.accept(received));
        }
    }

    void created(List<EnginePacket> created) {
        if (!packetCreate.isEmpty()) {
            tell(packetCreate, listener -> created.forEach(listener));
        }
    }

    void drained() {
        tell(drain, Runnable::run);
    }

    void closed(CloseReason reason, String detail) {
        tell(close, listener -> listener.accept(reason, detail));
    }

    private static <L> void tell(List<L> listeners, Consumer<L> event) {
        for (L listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // languages without checked exceptions throw those too
                log.error("a listener to a connection failed", e);
            }
        }
    }
}
