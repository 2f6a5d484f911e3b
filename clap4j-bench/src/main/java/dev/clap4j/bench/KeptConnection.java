package dev.clap4j.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to a server that is kept from request to request, and opened again when it ended. For one thread. */
final class KeptConnection implements AutoCloseable {
    private static final int MILLISECONDS = 60_000;

    /**
     * An answer.
     *
     * @param retryAfter the seconds after which the server wants to be asked again; 0 if it does not say
     */
    record Answer(int status, int retryAfter) {}

    private final URI server;
    private Socket socket;
    private InputStream in;

    KeptConnection(URI server) {
        this.server = server;
    }

    /**
     * Sends a request with a body of JSON, and reads its answer.
     *
     * @throws IOException if the connection ends, or nothing comes for a minute, before the answer is whole
     */
    Answer post(String path, byte[] body) throws IOException {
        try {
            if (socket == null) {
                socket = new Socket(server.getHost(), server.getPort());
                socket.setSoTimeout(MILLISECONDS);
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream());
            }
            send(path, body);
            return answer();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void send(String path, byte[] body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + server.getRawAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        try {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        } catch (IOException e) {
            // A server may refuse a request before it has all of it; the answer tells.
        }
    }

    private Answer answer() throws IOException {
        String status = line();
        int length = 0;
        int retryAfter = 0;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            if (lower.startsWith("retry-after:")) {
                retryAfter = Integer.parseInt(
                        lower.substring("retry-after:".length()).strip());
            }
            last |= lower.equals("connection: close");
        }
        in.skipNBytes(length);
        if (last) {
            close();
        }
        return new Answer(
                Integer.parseInt(status.substring("HTTP/1.1 ".length()).substring(0, 3)), retryAfter);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It has ended either way.
            }
            socket = null;
        }
    }
}
