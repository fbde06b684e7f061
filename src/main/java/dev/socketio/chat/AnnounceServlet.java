package dev.socketio.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.BroadcastOperator;
import dev.socketio.servlet.SocketIoServers;
import jakarta.annotation.security.DeclareRoles;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a warning to those who are connected, as any servlet sends events: {@code POST} of JSON such as
 * {@code {"warning": "Back in an hour"}} emits {@code achtung}. A {@code "to"} names the one socket, or the room, that
 * hears it, an {@code "except"} the one that does not. The answer is JSON too: {@code {"receivers": 3}}, or
 * {@code {"error": "…"}}.
 *
 * <p>It is for the role {@value #ROLE}, which the container gives out: where none is set up, for nobody.
 */
@WebServlet("/api/announce")
@DeclareRoles(AnnounceServlet.ROLE)
@ServletSecurity(@HttpConstraint(rolesAllowed = AnnounceServlet.ROLE))
public final class AnnounceServlet extends HttpServlet {

    static final String ROLE = "announcer";

    /** What the body may say. */
    record Announcement(
            @Nullable String warning,
            @Nullable String to,
            @Nullable String except) {}

    /** A request that gets an answer of its own. */
    private static final class Refusal extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        private final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    @Serial
    private static final long serialVersionUID = 1;

    private static final int MAX_BODY = 16_384;

    /** In UTF-16 units. */
    private static final int MAX_WARNING = 1_000;

    /** For the servers of a cluster to count their clients. */
    private static final int PATIENCE_SECONDS = 5;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            answer(response, HttpServletResponse.SC_OK, Map.of("receivers", announce(read(request))));
        } catch (Refusal refusal) {
            if (refusal.status == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
                response.setHeader("Allow", "POST");
            }
            answer(response, refusal.status, Map.of("error", String.valueOf(refusal.getMessage())));
        }
    }

    private int announce(Announcement announcement) throws Refusal {
        BroadcastOperator receivers = SocketIoServers.of(getServletContext()).all();
        if (announcement.to() != null) {
            receivers = receivers.to(announcement.to());
        }
        if (announcement.except() != null) {
            receivers = receivers.except(announcement.except());
        }
        int count = count(receivers);
        if (count == 0 && announcement.to() != null) {
            throw new Refusal(
                    HttpServletResponse.SC_NOT_FOUND, "to: nobody is connected under this id or in this room");
        }
        receivers.emit("achtung", new FirstSteps.Warning(String.valueOf(announcement.warning())));
        return count;
    }

    private static int count(BroadcastOperator receivers) throws Refusal {
        try {
            return receivers.count().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the server is stopping");
        } catch (ExecutionException | TimeoutException e) {
            throw new Refusal(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE, "another server of the cluster does not answer");
        }
    }

    private static Announcement read(HttpServletRequest request) throws Refusal, IOException {
        if (!request.getMethod().equals("POST")) {
            throw new Refusal(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "send a POST");
        }
        // What keeps pages of other sites from announcing in the name of whoever is logged in: no form can send it.
        if (!isJson(request.getContentType())) {
            throw new Refusal(
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "send JSON, with Content-Type: application/json");
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new Refusal(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the body may have " + MAX_BODY + " bytes");
        }
        return check(parse(body));
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static @Nullable Announcement parse(byte[] body) throws Refusal, IOException {
        try {
            return JSON.readValue(body, Announcement.class);
        } catch (JsonProcessingException e) {
            throw new Refusal(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "the body is not as {\"warning\": \"…\", \"to\": \"…\", \"except\": \"…\"}: "
                            + e.getOriginalMessage());
        }
    }

    private static Announcement check(@Nullable Announcement announcement) throws Refusal {
        String warning = announcement == null ? null : announcement.warning();
        if (announcement == null || warning == null || warning.isBlank() || warning.length() > MAX_WARNING) {
            throw new Refusal(
                    HttpServletResponse.SC_BAD_REQUEST, "warning: give a text of 1 to " + MAX_WARNING + " characters");
        }
        return announcement;
    }

    private static void answer(HttpServletResponse response, int status, Map<String, ?> body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
