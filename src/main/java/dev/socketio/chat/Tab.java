package dev.socketio.chat;

import dev.socketio.time.Scheduler.Cancellable;
import org.jspecify.annotations.Nullable;

/** A page in which a person has the chat open. It outlives its socket for a while, in case that its client comes back. */
final class Tab {

    private final String id;
    private final Person person;
    private String socketId;
    private Room room;

    /** Ends the tab unless its client comes back; null while it is connected. */
    private @Nullable Cancellable end;

    /** When that is, in the scheduler's nanoseconds. */
    private long endsAt;

    Tab(String id, Person person, String socketId, Room room) {
        this.id = id;
        this.person = person;
        this.socketId = socketId;
        this.room = room;
    }

    String id() {
        return id;
    }

    Person person() {
        return person;
    }

    String socketId() {
        return socketId;
    }

    Room room() {
        return room;
    }

    void moveTo(Room other) {
        room = other;
    }

    boolean isConnected() {
        return end == null;
    }

    void connect(String newSocketId) {
        socketId = newSocketId;
        if (end != null) {
            end.cancel();
            end = null;
        }
    }

    void disconnect(long endsAtNanos, Cancellable timer) {
        endsAt = endsAtNanos;
        end = timer;
    }

    /** Returns whether nobody came back in time; a timer that was cancelled too late would say so too early. */
    boolean isOver(long nanoTime) {
        return end != null && nanoTime - endsAt >= 0;
    }
}
