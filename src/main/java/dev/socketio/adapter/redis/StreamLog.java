package dev.socketio.adapter.redis;

import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.protocol.PacketException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: what this server adds to it, and what it reads there of all servers. The clients of every server get what is
 * in the stream in its order; that makes the id of an entry say what a client has got.
 *
 * <p>Thread rules: entries are read, and delivered, one after the other by Redis's own thread, which must not wait.
 */
final class StreamLog {

    private static final Logger log = LoggerFactory.getLogger(StreamLog.class);

    /** A field that only this server reads: which of its entries it is. */
    private static final String NUMBER = "seq";

    private static final int MAX_READERS = 4;

    private final String key;
    private final String self;
    private final StreamCommands redis;
    private final Traffic traffic;
    private final InFlight inFlight;
    private final Unread unread;
    private final RecentEvents recent;
    private final Turns turns = new Turns(MAX_READERS);

    private final ConcurrentMap<String, Listener> listeners = new ConcurrentHashMap<>();

    /** Changed by the reading thread. */
    private volatile long position = Place.NOWHERE;

    /** The entry that is being delivered, or was last. */
    private volatile long begun = Place.NOWHERE;

    /** Is told of the entries that other servers have added for its namespace. */
    @FunctionalInterface
    interface Listener {

        /**
         * Takes an entry.
         *
         * @throws PacketException if it makes no sense
         */
        void onEntry(Map<String, byte[]> fields, Place place);
    }

    StreamLog(
            String key,
            String self,
            StreamCommands redis,
            Traffic traffic,
            InFlight inFlight,
            Unread unread,
            RecentEvents recent) {
        this.key = key;
        this.self = self;
        this.redis = redis;
        this.traffic = traffic;
        this.inFlight = inFlight;
        this.unread = unread;
        this.recent = recent;
    }

    String key() {
        return key;
    }

    /** Returns who may read the stream out for clients that return: a few at once. */
    Turns turns() {
        return turns;
    }

    RecentEvents recent() {
        return recent;
    }

    /** Returns the position of the newest entry that has been delivered. */
    long position() {
        return position;
    }

    /**
     * Listens to the entries of a namespace, in place of a predecessor of the same name.
     *
     * @return a position after which the listener gets all entries
     */
    long listen(String namespace, Listener listener) {
        listeners.put(namespace, listener);
        return begun;
    }

    /** Listens no more. */
    void unlisten(String namespace, Listener listener) {
        listeners.remove(namespace, listener);
    }

    /**
     * Adds an entry.
     *
     * @param delivery brings it to the clients of this server as soon as it has been read; takes null, at once or later, if
     *     that is not to be expected
     */
    void add(StreamCodec codec, Request request, Consumer<@Nullable Place> delivery) {
        Map<String, byte[]> fields = codec.write(request);
        int size = fields.values().stream().mapToInt(value -> value.length).sum();
        long number = inFlight.begin(size, place -> deliver(delivery, place));
        if (!traffic.begin(size)) {
            inFlight.onFailure(number);
            return;
        }
        unread.begin(number);
        fields.put(NUMBER, StreamCodec.bytes(Long.toString(number)));
        CompletionStage<String> adding = redis.add(key, fields);
        adding.whenComplete((id, failure) -> {
            if (failure == null) {
                unread.onTaken(number, size);
                inFlight.onAdded(number, Place.position(id));
            } else {
                unread.onFailure(number, size, "Redis cannot be reached, or refuses them");
                inFlight.onFailure(number);
            }
        });
    }

    private void deliver(Consumer<@Nullable Place> delivery, @Nullable Place place) {
        try {
            delivery.accept(place);
        } catch (RuntimeException | Error e) {
            log.error("what was added to stream {} cannot be delivered here", key, e);
        }
    }

    /** Reading begins after an entry. */
    void onStart(String id) {
        position = Place.position(id);
        begun = position;
        inFlight.onReading(position + 1);
        recent.start(position);
    }

    /** Returns the number of a reading that is about to begin. */
    long beginReading() {
        return unread.beginReading();
    }

    /** A reading has brought all that was there. */
    void onAllRead(long reading) {
        unread.onAllRead(reading);
    }

    /** An entry has been read. */
    void onEntry(String id, Map<String, byte[]> fields) {
        Place place = Place.of(id);
        if (place.isKnown()) {
            begun = place.position();
            inFlight.onReading(begun);
        }
        try {
            deliver(fields, place);
        } catch (PacketException | IllegalArgumentException | ArithmeticException e) {
            traffic.onMalformed(key, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.error("the entry {} of stream {} cannot be delivered", id, key, e);
        }
        position = begun;
    }

    private void deliver(Map<String, byte[]> fields, Place place) {
        String number = StreamCodec.text(fields, NUMBER);
        if (number != null && self.equals(StreamCodec.text(fields, "uid"))) {
            long own = Long.parseLong(number);
            unread.onRead(own);
            if (!inFlight.onRead(own, place)) {
                recent.start(begun); // it is in the stream, and nowhere else
            }
            return;
        }
        traffic.onReceived();
        String namespace = StreamCodec.text(fields, "nsp");
        Listener listener = namespace == null ? null : listeners.get(namespace);
        if (listener != null) {
            listener.onEntry(fields, place);
        }
    }

    /** Delivers nothing more. */
    void close() {
        inFlight.close();
    }
}
