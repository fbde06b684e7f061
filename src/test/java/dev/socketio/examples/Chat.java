package dev.socketio.examples;

import dev.socketio.Ack;
import dev.socketio.Socket;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

public final class Chat implements SocketIoApplication {

    private final Map<String, Socket> people = new ConcurrentSkipListMap<>();

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            nicknames(io, socket);
            messages(socket);
            typing(socket);
            rooms(socket);
            privateMessages(socket);
        });
    }

    private void nicknames(SocketIoServer io, Socket socket) {
        socket.on("nickname", String.class, (nickname, ack) -> {
            if (nicknameOf(socket).isPresent()) {
                refuse(ack, "You have a nickname.");
            } else if (!isText(nickname, 20)) {
                refuse(ack, "A nickname has 1 to 20 characters.");
            } else if (people.putIfAbsent(nickname, socket) != null) {
                refuse(ack, "Somebody else has this nickname.");
            } else {
                socket.data().put("nickname", nickname);
                ack.send(Map.of());
                socket.broadcast().emit("user joined", nickname);
                tellWhoIsOnline(io);
            }
        });
        socket.onDisconnect(reason -> nicknameOf(socket).ifPresent(nickname -> {
            people.remove(nickname);
            io.emit("user left", nickname);
            tellWhoIsOnline(io);
        }));
    }

    private void tellWhoIsOnline(SocketIoServer io) {
        List<String> told;
        do {
            told = List.copyOf(people.keySet());
            io.emit("online", told);
        } while (!told.equals(List.copyOf(people.keySet())));
    }

    private static void messages(Socket socket) {
        socket.on("chat message", String.class, (text, ack) -> {
            Optional<String> nickname = nicknameOf(socket);
            if (nickname.isEmpty()) {
                refuse(ack, "Choose a nickname first.");
            } else if (!isText(text, 1000)) {
                refuse(ack, "A message has 1 to 1000 characters.");
            } else {
                socket.to(roomOf(socket)).emit("chat message", nickname, text);
                ack.send(Map.of());
            }
        });
    }

    private static void typing(Socket socket) {
        socket.on(
                "typing",
                () -> nicknameOf(socket).ifPresent(nickname -> {
                    socket.to(roomOf(socket)).asVolatile().emit("typing", nickname);
                }));
    }

    private static void rooms(Socket socket) {
        enter(socket, "lobby");
        socket.on("join room", String.class, (room, ack) -> {
            if (isText(room, 30)) {
                socket.leave(roomOf(socket));
                enter(socket, room);
                ack.send(Map.of());
            } else {
                refuse(ack, "The name of a room has 1 to 30 characters.");
            }
        });
    }

    private static void enter(Socket socket, String room) {
        String name = "room " + room;
        socket.data().put("room", name);
        socket.join(name);
    }

    private void privateMessages(Socket socket) {
        socket.on("private message", String.class, String.class, (to, text, ack) -> {
            Optional<String> nickname = nicknameOf(socket);
            Socket receiver = to == null ? null : people.get(to);
            if (nickname.isEmpty()) {
                refuse(ack, "Choose a nickname first.");
            } else if (receiver == null) {
                refuse(ack, "Nobody here has this nickname.");
            } else if (!isText(text, 1000)) {
                refuse(ack, "A message has 1 to 1000 characters.");
            } else {
                receiver.emit("private message", nickname, text);
                ack.send(Map.of());
            }
        });
    }

    private static Optional<String> nicknameOf(Socket socket) {
        return socket.data().get("nickname", String.class);
    }

    private static String roomOf(Socket socket) {
        return socket.data().get("room", String.class).orElseThrow();
    }

    private static boolean isText(@Nullable String text, int longest) {
        return text != null && !text.isBlank() && text.length() <= longest;
    }

    private static void refuse(Ack ack, String reason) {
        ack.send(Map.of("error", reason));
    }
}
