package dev.clap4j.internal.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The connection of a request whose body was read. Nobody reads from it until the answer is sent, so the end of the
 * connection goes unnoticed unless one looks. For one thread.
 */
final class ClientConnection {
    private final EndPoint end;
    private boolean pipelined;

    private ClientConnection(EndPoint end) {
        this.end = end;
    }

    static ClientConnection of(HttpServletRequest request) {
        Request jetty = ServletContextRequest.getServletContextRequest(request);
        return new ClientConnection(
                jetty.getConnectionMetaData().getConnection().getEndPoint());
    }

    /**
     * Returns whether the client closed the connection. If it sent another request instead, the first byte of that is
     * lost; see {@link #mustClose()}.
     */
    boolean isGone() {
        if (!end.isOpen()) {
            return true;
        }
        if (pipelined) {
            return false;
        }
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            int read = end.fill(one);
            pipelined = read > 0;
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns whether the connection must end after the answer; the client then sends its next request again. */
    boolean mustClose() {
        return pipelined;
    }
}
