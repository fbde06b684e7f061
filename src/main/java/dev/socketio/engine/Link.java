package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way between a connection and its client: the transport that carries it now, the change to another, and what waits
 * to be written, which leaves in order whatever carries it.
 */
final class Link implements Transport.Sink {

    private static final Logger log = LoggerFactory.getLogger(Link.class);

    /** A sender that is faster than the writing of what it has queued goes on writing itself from here on. */
    private static final int MAX_UNFLUSHED_BYTES = 16 << 10;

    /** The connection. Called without a lock. */
    interface Owner {

        /** Packets have been queued, and are about to leave. */
        void onQueued(List<EnginePacket> packets);

        /** A packet arrived; they come one at a time. */
        void onPacket(EnginePacket packet);

        /** Another transport carries the connection. */
        void onUpgrade();

        /** All that waited has been written. */
        void onDrain();

        /** The transport can carry no more, or has been closed as {@link Link#close} asked. */
        void onClosed(CloseReason reason, String detail);
    }

    /*
     * Concurrency. `lock` guards every mutable field, the outbox included, and is held only to read and write fields:
     * never while a transport writes, never while the owner is called, never while another lock of this library is
     * taken. A method that has such work to do decides under the lock and acts after it.
     *
     * Packets stay in order without the lock because one batch at a time is with the transport (`writable` is false
     * until it has left) and one thread at a time hands batches over (`flushing`).
     */
    private final Object lock = new Object();

    private final Owner owner;
    private final Scheduler scheduler;
    private final EngineOptions options;
    private final Hold hold;

    @GuardedBy("lock")
    private final Outbox outbox;

    /** Null before the start. */
    @GuardedBy("lock")
    private @Nullable Transport transport;

    /** Whether the transport can take a batch. */
    @GuardedBy("lock")
    private boolean writable;

    /** Whether a thread is in {@link #flush}; it looks again before it leaves. */
    @GuardedBy("lock")
    private boolean flushing;

    /** The change of transport under way. */
    @GuardedBy("lock")
    private @Nullable Upgrade upgrade;

    /** Whether the transport is to be closed as soon as nothing waits. */
    @GuardedBy("lock")
    private boolean closing;

    /** Whether the transport has been told to close. */
    @GuardedBy("lock")
    private boolean transportClosing;

    @GuardedBy("lock")
    private boolean ended;

    Link(Owner owner, Scheduler scheduler, EngineOptions options, Hold hold) {
        this.owner = owner;
        this.scheduler = scheduler;
        this.options = options;
        this.hold = hold;
        this.outbox = new Outbox(options.maxOutboxBytes());
    }

    /** Takes the first transport, and its first packet. Nothing is written before {@link #start}. */
    void open(Transport first, EnginePacket handshake) {
        synchronized (lock) {
            transport = first;
            outbox.add(handshake);
        }
        hold.moveTo(first);
    }

    /** Lets packets leave. */
    void start() {
        synchronized (lock) {
            writable = requireNonNull(transport).isWritable();
        }
        flush();
    }

    Transport transport() {
        synchronized (lock) {
            return requireNonNull(transport);
        }
    }

    /** Returns how many bytes have not been written yet. */
    long waitingBytes() {
        synchronized (lock) {
            return outbox.bytes();
        }
    }

    /** Queues a packet of the protocol's own. */
    void send(EnginePacket packet) {
        synchronized (lock) {
            outbox.add(packet);
        }
        leave(List.of(packet));
    }

    /** Queues messages, or writes them if nothing is in their way; returns false if they do not fit. */
    boolean send(List<EnginePacket> messages) {
        Transport target = null;
        synchronized (lock) {
            boolean atOnce = isIdle() && !flushing && !ended && !messages.isEmpty();
            if (!(atOnce ? outbox.pass(messages) : outbox.add(messages))) {
                return false;
            }
            if (atOnce) {
                target = depart();
            }
        }
        owner.onQueued(messages);
        if (target == null || write(target, messages)) {
            flush();
        }
        return true;
    }

    /** Queues messages that need not leave before {@link #flush}; returns false if they do not fit. */
    boolean queue(List<EnginePacket> messages) {
        boolean much;
        synchronized (lock) {
            if (!outbox.add(messages)) {
                return false;
            }
            much = outbox.bytes() > MAX_UNFLUSHED_BYTES;
        }
        owner.onQueued(messages);
        if (much) {
            flush();
        }
        return true;
    }

    /** Sends messages if they can leave now, and returns whether they can. */
    boolean sendVolatile(List<EnginePacket> messages) {
        flush(); // what waits only for company is no reason to drop anything
        synchronized (lock) {
            if (!isIdle() || !outbox.add(messages)) {
                return false;
            }
        }
        leave(messages);
        return true;
    }

    /** Sends messages that wait, if they have to, in place of the older ones of their key; returns false if there is no room. */
    boolean sendVolatile(String key, List<EnginePacket> messages) {
        synchronized (lock) {
            boolean taken = isIdle() ? outbox.add(messages) : outbox.conflate(key, messages);
            if (!taken) {
                return false;
            }
        }
        leave(messages);
        return true;
    }

    private void leave(List<EnginePacket> queued) {
        owner.onQueued(queued);
        flush();
    }

    /** Returns whether what is sent now leaves now. */
    @GuardedBy("lock")
    private boolean isIdle() {
        return writable && outbox.isEmpty();
    }

    /** Writes what waits, unless the transport is still busy with what left before. */
    void flush() {
        boolean written = true;
        while (written) {
            Transport target;
            List<EnginePacket> batch;
            synchronized (lock) {
                if (flushing || !writable || ended || outbox.isEmpty()) {
                    break;
                }
                batch = outbox.take();
                target = depart();
            }
            written = write(target, batch);
        }
        if (written) {
            closeTransportWhenEmpty();
        }
    }

    /** Takes the transport for one batch. */
    @GuardedBy("lock")
    private Transport depart() {
        flushing = true;
        writable = false;
        return requireNonNull(transport);
    }

    /** Returns false if the transport failed and the connection has been closed. */
    private boolean write(Transport target, List<EnginePacket> batch) {
        try {
            if (!target.send(batch)) {
                takeBack(batch);
            }
            return true;
        } catch (RuntimeException | Error e) {
            log.error("a transport failed to write, its connection is closed", e);
            owner.onClosed(CloseReason.TRANSPORT_ERROR, "write failed: " + e);
            return false; // and no more: whoever sent this has others to send to
        } finally {
            synchronized (lock) {
                flushing = false;
            }
        }
    }

    /** The transport has just been given up: whichever carries the connection next begins with the batch. */
    private void takeBack(List<EnginePacket> batch) {
        synchronized (lock) {
            if (!ended) {
                outbox.putBack(batch);
            }
        }
    }

    /** Closes the transport once everything queued so far has been written, and then reports the end. */
    void close() {
        synchronized (lock) {
            closing = true;
        }
        closeTransportWhenEmpty();
    }

    private void closeTransportWhenEmpty() {
        Transport told;
        synchronized (lock) {
            if (!closing || ended || transportClosing || flushing || !outbox.isEmpty()) {
                return;
            }
            transportClosing = true;
            told = requireNonNull(transport);
        }
        told.close();
    }

    /** Ends the transport now, as well as a change of it, and drops what waits. */
    void end(boolean abort) {
        Transport last;
        Upgrade abandoned;
        synchronized (lock) {
            ended = true;
            outbox.clear();
            last = transport;
            abandoned = upgrade;
            upgrade = null;
        }
        if (abandoned != null) {
            abandoned.fail();
        }
        if (last != null && abort) {
            last.abort();
        } else if (last != null) {
            last.discard();
        }
    }

    /** Takes a WebSocket that the client offers; returns what listens to its packets, or null if it is refused. */
    @Nullable
    Upgrade offer() {
        Upgrade offered = new Upgrade(this, scheduler, options.upgradeTimeout());
        synchronized (lock) {
            boolean polling = transport != null && transport.name() == TransportName.POLLING;
            if (closing || ended || !polling || upgrade != null || !options.upgradesToWebSocket()) {
                return null;
            }
            upgrade = offered;
        }
        return offered;
    }

    /** Lets the client off the poll that is parked, if one is: it waits for that to change the transport. */
    void endPoll(Upgrade waiting) {
        synchronized (lock) {
            if (upgrade != waiting || closing) {
                return;
            }
            if (isIdle()) {
                outbox.add(EnginePacket.NOOP);
            }
        }
        flush();
    }

    void onUpgradeFailed(Upgrade failed) {
        synchronized (lock) {
            if (upgrade == failed) {
                upgrade = null;
            }
        }
    }

    /**
     * Has another transport carry the connection from now on; nothing is written before it says that it is ready.
     *
     * @return the one that did before, or null if the upgrade comes too late
     */
    @Nullable
    Transport moveTo(Transport chosen, Upgrade done) {
        Transport old;
        synchronized (lock) {
            if (ended || upgrade != done) {
                return null;
            }
            old = transport;
            transport = chosen;
            upgrade = null;
            transportClosing = false;
            writable = false;
        }
        hold.moveTo(chosen);
        owner.onUpgrade();
        return old;
    }

    @Override
    public void onReady(Transport ready) {
        Upgrade underWay;
        boolean drained;
        synchronized (lock) {
            if (ready != transport) {
                return;
            }
            writable = true;
            drained = outbox.onWritten() && outbox.isEmpty();
            underWay = upgrade;
        }
        if (underWay != null) {
            underWay.onPoll();
        }
        flush();
        if (drained) {
            owner.onDrain();
        }
    }

    @Override
    public void onPacket(Transport from, EnginePacket packet) {
        owner.onPacket(packet);
    }

    @Override
    public void onClosed(Transport closed, CloseReason reason, String detail) {
        synchronized (lock) {
            if (closed != transport) {
                return;
            }
        }
        owner.onClosed(reason, detail);
    }
}
