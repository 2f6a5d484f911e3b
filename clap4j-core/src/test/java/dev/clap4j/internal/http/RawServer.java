package dev.clap4j.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server for tests that answers whatever it is told to, be it HTTP or not. */
public final class RawServer implements AutoCloseable {
    /** The bytes sent to each client. */
    @FunctionalInterface
    public interface Reply {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** The heads of the requests so far. */
    public final List<String> heads = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;
    private final Reply reply;

    /** Starts a server on a free port of this machine. */
    public RawServer(Reply reply) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.reply = reply;
        start(this::acceptAll);
    }

    /** A server of one response, given as text with {@code \\n} for line ends in its head. */
    public static RawServer of(String head, String body) throws IOException {
        return new RawServer(out -> {
            out.write(head(head));
            out.write(body.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Returns a head with the line ends of HTTP. */
    public static byte[] head(String text) {
        return (text + "\n\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                start(() -> answer(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            heads.add(readHead(connection.getInputStream()));
            reply.writeTo(connection.getOutputStream());
            connection.getOutputStream().flush();
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes(); // what is unread would reset the connection
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** Returns the address to use as the endpoint. */
    public String endpoint() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
