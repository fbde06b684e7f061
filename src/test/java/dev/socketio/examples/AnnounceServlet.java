package dev.socketio.examples;

import dev.socketio.SocketIoServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

public final class AnnounceServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient SocketIoServer io;

    public AnnounceServlet(SocketIoServer io) {
        this.io = io;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = request.getParameter("text");
        if (text == null || text.isBlank()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "text is missing");
        } else {
            io.emit("announcement", text);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }
}
