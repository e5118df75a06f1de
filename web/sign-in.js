// Takes the place within the page along, "#/post/postNew", which no server gets to see: who signs in goes on there.
const form = document.querySelector("form");

form.action += location.hash;
