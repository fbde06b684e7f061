package dev.socketio.examples;

import dev.socketio.servlet.SocketIoServers;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

@WebServlet("/api/announce")
public final class AnnounceServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = request.getParameter("text");
        if (text == null || text.isBlank()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "text is missing");
        } else {
            SocketIoServers.of(getServletContext()).emit("announcement", text);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }
}
