package dev.socketio.chat;

import dev.socketio.ConnectionStateRecovery;
import dev.socketio.Namespace;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.time.Scheduler;

/**
 * The chat: for its page, in the namespace {@code /chat}, and for everybody who follows a tutorial, in the main one. Its
 * state is in this server's memory.
 */
public final class ChatApplication implements SocketIoApplication {

    private final Limits limits;

    /** With the limits of the application. */
    public ChatApplication() {
        this(Limits.DEFAULT);
    }

    ChatApplication(Limits limits) {
        this.limits = limits;
    }

    /** Lets clients of every age in, those of Socket.IO 1 and 2 too; who is away for a moment misses nothing. */
    @Override
    public void options(SocketIoServer.Builder options) {
        options.allowEIO3(true)
                .connectionStateRecovery(
                        ConnectionStateRecovery.defaults().withMaxDisconnectionDuration(limits.away()));
    }

    @Override
    public void configure(SocketIoServer io) {
        Scheduler time = io.scheduler();
        Namespace pages = io.of("/chat");
        ChatLane lane = new ChatLane(io.executor());
        People people = new People(limits);
        ChatRooms rooms = new ChatRooms(limits);
        Presence presence = new Presence(lane, time, pages, people, rooms);
        Talk talk = new Talk(io, pages, people, rooms, limits);
        pages.onConnection(new PageEvents(lane, time, people, presence, talk, limits)::onConnection);
        io.onConnection(new SimpleEvents(lane, time, presence, talk, limits)::onConnection);
        FirstSteps.addTo(io);
        Stage.addTo(io);
    }
}
