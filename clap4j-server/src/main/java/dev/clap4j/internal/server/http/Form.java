package dev.clap4j.internal.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Promise;

/**
 * A form of several parts ({@code multipart/form-data}), in memory.
 *
 * @param parts all parts, in order
 */
public record Form(List<Part> parts) {
    /** The media type. */
    public static final String TYPE = "multipart/form-data";

    private static final int HEADERS = 8192;

    /**
     * A part.
     *
     * @param file the name of the file; empty if it is a text
     */
    public record Part(String name, Optional<String> file, byte[] content) {
        /**
         * Returns the content as text.
         *
         * @throws ApiException if it is not UTF-8
         */
        public String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content))
                        .toString();
            } catch (CharacterCodingException e) {
                throw ApiException.bad(name, "A text in UTF-8 is expected");
            }
        }
    }

    /**
     * Reads a form.
     *
     * @param type the header {@code Content-Type}
     * @param most the largest number of parts
     * @throws ApiException if it is damaged
     */
    public static Form read(String type, byte[] body, int most) {
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary(type));
        parser.setMaxParts(most);
        parser.setPartHeadersMaxLength(HEADERS);
        parser.setMaxMemoryFileSize(-1);
        parser.setMaxLength(body.length);
        List<Part> parts = new ArrayList<>();
        try (MultiPartFormData.Parts read = parsed(parser, body)) {
            for (MultiPart.Part part : read) {
                HttpField encoding = part.getHeaders().getField("Content-Transfer-Encoding");
                if (encoding != null && !encoding.getValue().matches("(?i)7bit|8bit|binary")) {
                    throw ApiException.bad(null, "A part of the form is encoded; send the bytes themselves");
                }
                parts.add(new Part(
                        Optional.ofNullable(part.getName()).orElse(""),
                        Optional.ofNullable(part.getFileName()),
                        bytes(part)));
            }
        } catch (CompletionException | IllegalStateException | IllegalArgumentException e) {
            throw ApiException.bad(null, "The form is damaged, or has more than " + most + " parts");
        }
        return new Form(parts);
    }

    private static String boundary(String type) {
        String boundary;
        try {
            boundary = MultiPart.extractBoundary(type);
        } catch (IllegalArgumentException e) {
            throw ApiException.bad(null, "The boundary of the form is damaged");
        }
        if (boundary == null || boundary.isEmpty()) {
            throw ApiException.bad(null, "The form has no boundary");
        }
        return boundary;
    }

    private static MultiPartFormData.Parts parsed(MultiPartFormData.Parser parser, byte[] body) {
        CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
        parser.parse(new ByteBufferContentSource(ByteBuffer.wrap(body)), new Promise.Invocable<>() {
            @Override
            public void succeeded(MultiPartFormData.Parts read) {
                parts.complete(read);
            }

            @Override
            public void failed(Throwable error) {
                parts.completeExceptionally(error);
            }
        });
        return parts.join();
    }

    private static byte[] bytes(MultiPart.Part part) {
        try (var in = Content.Source.asInputStream(part.createContentSource())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
