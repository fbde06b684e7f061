package dev.socketio.examples;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

public final class StageClient {

    private StageClient() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        run(URI.create(arguments[0]), commands, System.out);
    }

    static void run(URI server, BufferedReader commands, PrintStream out) throws Exception {
        Socket socket = IO.socket(server);
        CountDownLatch connected = new CountDownLatch(1);
        socket.once(Socket.EVENT_CONNECT, nothing -> connected.countDown());
        socket.on("talkback", values -> out.println("talkback " + values[0]));
        socket.connect();
        connected.await();
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            obey(line.split(" ", 2), socket, out);
        }
        socket.disconnect();
    }

    private static void obey(String[] command, Socket socket, PrintStream out) throws IOException {
        switch (command[0]) {
            case "message" -> socket.emit("message", command[1]);
            case "send" -> socket.emit("message", (Object) Files.readAllBytes(Path.of(command[1])));
            default -> out.println("message <text> | send <file>");
        }
    }
}
