package dev.socketio.chat;

import dev.socketio.SocketIoServer;
import dev.socketio.time.Scheduler;

/** The chat on a server whose time and threads are the test's. */
final class ChatServer {

    private ChatServer() {}

    static SocketIoServer start(Scheduler time, Limits limits) {
        ChatApplication application = new ChatApplication(limits);
        SocketIoServer.Builder builder =
                SocketIoServer.builder().scheduler(time).executor(Runnable::run);
        application.options(builder);
        SocketIoServer io = builder.build();
        application.configure(io);
        return io;
    }
}
