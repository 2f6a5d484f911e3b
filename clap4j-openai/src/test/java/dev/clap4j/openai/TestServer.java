package dev.clap4j.openai;

import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.TinyClip;
import dev.clap4j.head.Head;
import dev.clap4j.server.ClapServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A running server of a small model with a head, which takes two requests at a time, and what the library computes. */
final class TestServer implements AutoCloseable {
    static final String KEY = "sk-0123456789abcdef";
    static final int DIMENSION = TinyClip.DIMENSION;
    private static final int REQUESTS = 2;

    private final Clip clip;
    private final Clip withHead;
    private final ClapServer server;
    private final List<Path> pictures;

    private TestServer(Clip clip, Clip withHead, ClapServer server, List<Path> pictures) {
        this.clip = clip;
        this.withHead = withHead;
        this.server = server;
        this.pictures = pictures;
    }

    static TestServer start(Path folder) throws IOException {
        Path head = folder.resolve("head.safetensors");
        TinyClip.head(1).save(head);
        Clip clip = Clip.load(TinyClip.write(folder));
        ClapServer server = ClapServer.builder()
                .model(clip)
                .head(head)
                .apiKeys(Files.writeString(folder.resolve("keys"), KEY + "\n"))
                .maxRequests(REQUESTS)
                .port(0)
                .start();
        return new TestServer(clip, clip.with(Head.load(head)), server, TinyClip.images(folder.resolve("images"), 2));
    }

    URI address() {
        return server.address();
    }

    float[] text(String text) {
        return clip.embedTexts(text).normalised().row(0);
    }

    float[] textWithHead(String text) {
        return withHead.embedTexts(text).normalised().row(0);
    }

    float[] picture(int number) {
        return clip.embed(Image.of(pictures.get(number))).normalised().row(0);
    }

    Path file(int number) {
        return pictures.get(number);
    }

    String base64(int number) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(pictures.get(number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String dataUri(int number) {
        return "data:image/png;base64," + base64(number);
    }

    /** Keeps the server as busy as it may be, with requests whose bodies do not come, until it is closed. */
    AutoCloseable occupied() throws IOException, InterruptedException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Socket socket = new Socket(server.address().getHost(), server.port());
            socket.getOutputStream()
                    .write(("POST /v1/embeddings HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + KEY
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        Thread.sleep(500);
        return () -> {
            for (Socket socket : sockets) {
                socket.close();
            }
            Thread.sleep(500);
        };
    }

    @Override
    public void close() {
        server.close();
        withHead.close();
        clip.close();
    }
}
