// Draws the documentation of the bot that the page names.
const place = document.getElementById("docs");

window.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
});
