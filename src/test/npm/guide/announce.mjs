import express from "express";

export function routes(app, io, requireRole) {
  app.use(express.urlencoded({ extended: false }));

  app.post("/api/announce", requireRole("editor"), (request, response) => {
    const { text } = request.body;
    if (typeof text !== "string" || text.trim() === "") {
      response.status(400).send("text is missing");
    } else {
      io.emit("announcement", text);
      response.sendStatus(204);
    }
  });
}
