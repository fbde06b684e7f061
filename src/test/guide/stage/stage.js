const socket = io({ path: new URL("socket.io/", document.baseURI).pathname });
const display = document.getElementById("display");
const text = document.getElementById("text");

socket.on("message", (value) => {
  if (value instanceof ArrayBuffer) {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([value]));
    image.onload = () => URL.revokeObjectURL(image.src);
    display.replaceChildren(image);
  } else {
    display.textContent = value;
  }
});

document.getElementById("talkback").addEventListener("submit", (event) => {
  event.preventDefault();
  socket.emit("talkback", text.value);
  text.value = "";
});
